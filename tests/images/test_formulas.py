"""What a provider reads of an image and charges: its own examples, and what always holds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from headroom_core.images.formulas import Crops, Patches, Tiles, Visual
from headroom_core.images.models import formula_for

MODELS = (
    "gpt-6-sol gpt-5.6-luna gpt-5.5 gpt-5.4 gpt-5.4-mini gpt-5.2 gpt-5-nano gpt-4.1-mini gpt-5.1 "
    "gpt-4o gpt-4o-mini o3 claude-opus-4-5 claude-opus-5 gemini-2.5-pro"
).split()
DETAILS = ("", "auto", "low", "high", "original", "nonsense")
sides = st.integers(1, 9000) | st.sampled_from([1, 2, 512, 768, 1568, 2048, 2576, 65_535, 99_999])
sizes = st.tuples(sides, sides)


def formula(model):
    found = formula_for(model)
    assert found is not None, model
    return found


@pytest.mark.parametrize(
    ("model", "detail", "size", "tokens"),
    [
        # OpenAI, "Images and vision", Calculating costs
        pytest.param("gpt-5.4", "high", (1024, 1024), 1229, id="patches, small enough"),
        pytest.param("gpt-5.4", "high", (2048, 2048), 3000, id="patches, over the budget"),
        pytest.param("gpt-5.6-sol", "high", (6000, 6000), 3000, id="patches, high"),
        pytest.param("gpt-5.6-sol", "low", (6000, 6000), 308, id="patches, low"),
        pytest.param("gpt-4o", "high", (1024, 1024), 765, id="four tiles"),
        pytest.param("gpt-4o", "", (2048, 4096), 1105, id="six tiles"),
        pytest.param("gpt-4o", "low", (4096, 8192), 85, id="tiles, low"),
        pytest.param("gpt-4o-mini", "", (512, 512), 8500, id="a dear tile"),
        pytest.param("gpt-4.1-mini", "", (1024, 1024), 1659, id="patches times 1.62"),
        pytest.param("gpt-4.1-nano", "", (1024, 1024), 2520, id="patches times 2.46"),
        pytest.param("o4-mini", "", (1024, 1024), 1762, id="patches times 1.72"),
        pytest.param("o3", "", (512, 512), 225, id="cheaper tiles"),
        pytest.param("gpt-5.1", "", (512, 512), 210, id="the cheapest tiles"),
        # Anthropic, "Images and vision", Resolution and token cost
        pytest.param("claude-opus-5", "", (200, 200), 64, id="a thumbnail"),
        pytest.param("claude-opus-5", "", (1000, 1000), 1296, id="a square"),
        pytest.param("claude-opus-5", "", (1920, 1080), 2691, id="a screen at high resolution"),
        pytest.param("claude-opus-4-5", "", (1920, 1080), 1560, id="a screen at standard"),
        pytest.param("claude-opus-5", "", (3840, 2160), 4784, id="4K at high resolution"),
        pytest.param("claude-sonnet-4-6", "", (3840, 2160), 1560, id="4K at standard"),
        # Google, "Image understanding", Token calculation
        pytest.param("gemini-2.5-pro", "", (384, 384), 258, id="small for Gemini"),
        pytest.param("gemini-2.5-pro", "", (960, 540), 1548, id="six crops"),
    ],
)
def test_the_examples_of_the_providers(model, detail, size, tokens):
    assert formula(model).tokens(size, detail) == tokens


@pytest.mark.parametrize(
    ("model", "size", "read"),
    [
        pytest.param("claude-opus-4-5", (1075, 1520), (924, 1307), id="a page at standard"),
        pytest.param("claude-opus-5", (1075, 1520), (1075, 1520), id="a page at high resolution"),
        pytest.param("claude-opus-4-5", (1920, 1080), (1456, 819), id="a screen at standard"),
        pytest.param("claude-opus-5", (3840, 2160), (2576, 1449), id="4K at high resolution"),
        pytest.param("gpt-5.4", (2048, 2048), (1600, 1600), id="patches"),
        pytest.param("gpt-4o", (1920, 1080), (1365, 768), id="tiles"),
        pytest.param("gpt-4o", (4096, 300), (2048, 150), id="a panorama in tiles"),
        pytest.param("gpt-5.6", (8000, 6000), (6400, 4800), id="more patches than are taken"),
        pytest.param("gpt-5.6", (4000, 3000), (4000, 3000), id="large, and read as it is"),
        pytest.param("gemini-2.5-pro", (4000, 3000), (1536, 1152), id="crops"),
    ],
)
def test_the_size_at_which_an_image_is_read(model, size, read):
    assert formula(model).read_size(size, "", standard=False) == read


@pytest.mark.parametrize(
    ("model", "detail", "read"),
    [
        pytest.param("gpt-5.6-sol", "", (1824, 1368), id="as with detail high"),
        pytest.param(
            "gpt-5.6-sol", "original", (4000, 3000), id="not if the original is asked for"
        ),
        pytest.param("claude-opus-5", "", (1270, 952), id="as the standard tier"),
        pytest.param("claude-opus-4-5", "", (1270, 952), id="which older models have anyway"),
        pytest.param("gpt-4o", "", (1024, 768), id="tiles know one size"),
    ],
)
def test_the_standard_resolution(model, detail, read):
    assert formula(model).read_size((4000, 3000), detail, standard=True) == read


@given(sizes, st.sampled_from(MODELS), st.sampled_from(DETAILS), st.booleans())
def test_what_was_made_smaller_is_small_enough(size, model, detail, standard):
    rule = formula(model)
    read = rule.read_size(size, detail, standard=standard)
    assert 1 <= read[0] <= size[0]
    assert 1 <= read[1] <= size[1]
    assert rule.read_size(read, detail, standard=standard) == read
    assert rule.tokens(read, detail) >= 1


@given(sizes, st.sampled_from(MODELS), st.sampled_from(DETAILS))
def test_a_shape_is_kept(size, model, detail):
    read = formula(model).read_size(size, detail, standard=True)
    # To a pixel of either side.
    assert (
        (read[0] - 1) / (read[1] + 1) <= size[0] / size[1] <= (read[0] + 1) / max(read[1] - 1, 1e-9)
    )


@given(sizes, st.sampled_from(["claude-opus-4-5", "claude-opus-5"]))
def test_no_larger_size_of_that_shape_would_fit(size, model):
    rule = formula(model)
    side, most = rule.limits.side, rule.limits.patches
    width, height = rule.read_size(size, "", standard=False)
    assert math.ceil(width / 28) * math.ceil(height / 28) <= most
    if (width, height) != size:
        long, ratio = max(width, height) + 1, max(size) / min(size)
        short = max(1, round(long / ratio))
        over = math.ceil(long / 28) * math.ceil(short / 28) > most
        assert over or math.ceil(long / 28) * 28 > side


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        pytest.param("gpt-4o-2024-08-06", Tiles(85, 170), id="a dated name"),
        pytest.param("azure/gpt-4.1", Tiles(85, 170), id="with its provider"),
        pytest.param("ft:gpt-4o-mini-2024-07-18:org::id", Tiles(2833, 5667), id="fine-tuned"),
        pytest.param("chatgpt-4o-latest", Tiles(85, 170), id="ChatGPT's"),
        pytest.param("openai/o1-pro", Tiles(75, 150), id="o1"),
        pytest.param("gpt-5-2025-08-07", Tiles(70, 140), id="the first GPT-5"),
        pytest.param("gemini/gemini-2.0-flash", Crops(), id="Gemini 2"),
        pytest.param("gemini-3.8-flash", None, id="Gemini 3: no sizes are published"),
        pytest.param("gpt-5-codex", None, id="a variant with limits of its own"),
        pytest.param("gpt-7", None, id="what is not known yet"),
        pytest.param("xai/grok-4", None, id="another provider"),
        pytest.param("aidc/marco-o1", None, id="a name that only ends like one"),
        pytest.param("", None, id="no name"),
    ],
)
def test_names_of_models(model, kind):
    assert formula_for(model) == kind


@pytest.mark.parametrize(
    ("model", "tokens"),
    [
        pytest.param("claude-3-5-sonnet-20241022", 1568, id="3.5"),
        pytest.param("claude-sonnet-4-20250514", 1568, id="4, dated"),
        pytest.param("claude-opus-4-1@20250805", 1568, id="4.1, dated for Vertex"),
        pytest.param("openrouter/anthropic/claude-haiku-4.5", 1568, id="4.5, dotted"),
        pytest.param("us.anthropic.claude-opus-4-6-v1", 1568, id="4.6 on Bedrock"),
        pytest.param("bedrock/eu.anthropic.claude-opus-4-7-v1:0", 4784, id="4.7 on Bedrock"),
        pytest.param("claude-sonnet-5", 4784, id="5"),
        pytest.param("claude-fable-5-1", 4784, id="5.1"),
        pytest.param("claude-mythos-preview", 4784, id="no number: read as a new one"),
    ],
)
def test_the_resolution_of_a_claude(model, tokens):
    rule = formula(model)
    assert isinstance(rule, Visual)
    assert rule.limits.patches == tokens


@pytest.mark.parametrize("model", ["gpt-5.4-2026-03-05", "openai/gpt-5.4-nano", "gpt-5.5-pro"])
def test_newer_models_count_patches(model):
    assert isinstance(formula_for(model), Patches)
