"""Conversations and texts as pipelines really see them, for the property tests."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.compressors import config_inputs, diff_inputs, history_inputs, markup_inputs

WORDS = "alpha beta gamma delta error timeout user order cache worker retry failed ok node".split()
word = st.sampled_from(WORDS)
any_text = st.text(max_size=30)


def _rows(count, seed, odd):
    rows = [
        {"id": i, "name": f"{WORDS[(i * seed) % 14]}-{i}", "ok": i % 7 != seed % 7, "at": {"x": i}}
        for i in range(count)
    ]
    rows[count // 2]["name"] = odd
    return json.dumps(rows, indent=seed % 3 or None)


def _log(count, seed, odd):
    lines = [
        f"2026-01-{1 + i % 28:02d}T10:{i % 60:02d}:{i * seed % 60:02d}Z INFO worker-{i % 4} "
        f"{WORDS[i * seed % 14]} done in {i * seed % 97} ms"
        for i in range(count)
    ]
    lines[count // 2] = f"2026-01-09T10:00:00Z ERROR worker-1 {odd}"
    return "\n".join(lines)


def _grep(count, seed, odd):
    lines = [
        f"src/{WORDS[i * seed % 14]}/file{i // 6}.py:{i * seed + 1}:    {WORDS[i % 14]}(x, {i})"
        for i in range(count)
    ]
    lines[count // 2] = f"src/odd.py:7:{odd}"
    return "\n".join(lines)


def _csv(count, seed, odd):
    lines = [f"{i},{WORDS[i * seed % 14]},ok,{i * seed % 97}.5" for i in range(count)]
    lines[count // 2] = f'{count // 2},"{odd.replace(chr(34), "")}, and more",failed,1e9'
    return "\n".join(["id,name,state,ms", *lines, ""])


def _columns(count, seed, odd):
    rows = [(WORDS[i * seed % 14], f"pod-{i * 7919 % 997}", "Running") for i in range(count)]
    rows[count // 2] = "odd", odd.strip() or "-", "Failed"
    return "\n".join(f"{a:<12}{b:<34}{c}" for a, b, c in [("NAME", "POD", "STATUS"), *rows])


def _prose(count, seed, odd):
    sentences = [
        f"The {WORDS[i % 14]} of the {WORDS[i * seed % 14]} was seen in the {WORDS[(i + 3) % 14]} "
        f"number {i * seed}."
        for i in range(count)
    ]
    sentences[count // 2] = odd
    return "\n\n".join(" ".join(sentences[i : i + 5]) for i in range(0, count, 5))


def _mixed(count, seed, odd):
    fence = f"```\n{_log(count, seed, odd)}\n```\n"
    return f"Result {odd}:\n{_rows(count, seed, odd)}\nThat was all.\n{fence}"


def _json_then_error(count, seed, odd):
    return f"{_rows(count, seed, odd)}warning: {odd}\nthat was all"


def _cut_off(count, seed, odd):
    records = json.loads(_rows(count, seed, odd))
    rows = json.dumps(records, separators=(",", ":"), ensure_ascii=False)
    return f"{rows[: -5 * seed]}{odd}"


def _view(count, seed, odd):
    lines = [f"{' ' * (i % 4)}{WORDS[i * seed % 14]}_{i} = {i * seed}" for i in range(count)]
    lines[count // 2] = odd
    return f"{odd}:\n" + "\n".join(f"{i:6}\t{line}" for i, line in enumerate(lines, seed))


def _printed(count, seed, odd):
    """Return lines that nobody knows, so many that a command must have printed them."""
    lines = [
        f"0x{i * 7919 * seed % 65_536:04x}  slot{i % 7}  {'even':40}" for i in range(4 * count)
    ]
    lines[count] = odd
    return "\n".join(lines)


def _frame(count, seed, odd):
    rows = [f"{i:<4}  {i * seed:>9}  {i / seed:>12.2f}  {WORDS[i % 14]:>12}" for i in range(count)]
    return "\n".join([f"{'':4}  {'order':>9}  {'amount':>12}  {'customer':>12}", *rows, "", odd])


def _record(count, seed, odd):
    record = {"id": f"A{seed}", "notes": odd, "tags": WORDS, "n": [i * seed for i in range(count)]}
    return json.dumps(record, indent=seed % 3 or None)


def _hostile(count, seed, odd):
    return f"{odd}\n[headroom json, {seed} lines]\n\ud800\x00\r\n" * count


makers = st.sampled_from(
    [
        diff_inputs.made_up_patch,
        history_inputs.made_up_log,
        history_inputs.made_up_blame,
        config_inputs.made_up_services,
        markup_inputs.made_up_page,
        markup_inputs.made_up_snapshot,
        markup_inputs.made_up_xml,
        _rows,
        _csv,
        _columns,
        _log,
        _grep,
        _prose,
        _mixed,
        _json_then_error,
        _cut_off,
        _view,
        _printed,
        _frame,
        _record,
        _hostile,
    ]
)
payloads = st.builds(
    lambda make, count, seed, odd: make(count, seed, odd),
    makers,
    st.integers(40, 160),
    st.integers(1, 12),
    any_text.filter(lambda text: "\n" not in text),
)
texts = st.one_of(payloads, any_text)


@st.composite
def conversations(draw, max_turns=4):
    """Return OpenAI or Anthropic messages: system, then turns of question, call and result."""
    anthropic = draw(st.booleans())
    results: list[str] = []
    messages = [] if anthropic else [{"role": "system", "content": draw(texts)}]
    for turn in range(draw(st.integers(1, max_turns))):
        messages.append({"role": "user", "content": f"What about {draw(word)}? {draw(texts)}"})
        make = anthropic_turn if anthropic else openai_turn
        old = results[draw(st.integers(0, turn - 1))] if turn and draw(st.booleans()) else None
        results.append(draw(texts) if old is None else _version(draw, old))
        messages += make(f"c{turn}", draw(word), {"q": draw(any_text)}, results[-1])
        messages.append({"role": "assistant", "content": draw(texts)})
    return messages


def _version(draw, text):
    """Return `text` as it was, or with a line changed, added or gone."""
    lines = text.split("\n")
    place, gone, new = draw(st.tuples(st.integers(0, 99), st.integers(0, 2), st.integers(0, 2)))
    place %= len(lines)
    return "\n".join([*lines[:place], *["a new line"] * new, *lines[place + gone :]])


def openai_turn(call_id, tool, arguments, result):
    """Return the two messages of a tool call in OpenAI shape."""
    function = {"name": tool, "arguments": json.dumps(arguments)}
    call = {"id": call_id, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": call_id, "content": result},
    ]


def anthropic_turn(call_id, tool, arguments, result):
    """Return the two messages of a tool call in Anthropic shape, with marks that must survive."""
    mark = {"cache_control": {"type": "ephemeral"}}
    use = {"type": "tool_use", "id": call_id, "name": tool, "input": arguments}
    thinking = {"type": "thinking", "thinking": "hm", "signature": "c2ln"}
    text = {"type": "text", "text": result, **mark}
    done = {"type": "tool_result", "tool_use_id": call_id, "content": [text], **mark}
    return [
        {"role": "assistant", "content": [thinking, use]},
        {"role": "user", "content": [done]},
    ]


def tool_texts(messages):
    """Return the texts of all tool results, in order."""
    found = []
    for message in messages:
        if message["role"] == "tool":
            found.append(message["content"])
        elif message["role"] == "user" and isinstance(message["content"], list):
            found += [part["content"][0]["text"] for part in message["content"]]
    return found
