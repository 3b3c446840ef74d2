"""Conversations of results only, and what is sent of them."""

from __future__ import annotations

from headroom_core import Headroom, Settings
from tests.strategies import openai_turn


def talk(*results, tool="read"):
    """Return a conversation in which a tool gives these results, one after the other."""
    return [
        message
        for number, result in enumerate(results)
        for message in openai_turn(f"c{number}", tool, {"n": number}, result)
    ]


def sent(messages, **options):
    """Return the `Headroom`, its result, and the texts of tools that are sent."""
    hr = Headroom(Settings(store_url="memory", strict=True, **options))
    result = hr.compress(messages, model="gpt-4o")
    texts = [message["content"] for message in result.messages if message["role"] == "tool"]
    return hr, result, texts
