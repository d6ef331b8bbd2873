"""Patterns and sets of words by name, from the lists of what the rules look for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

__all__ = ["pattern", "sections", "word_set"]

_HEADING = re.compile(r"\[(\w[\w -]*)\]")
_WORD = r"\b"
_NAME = re.compile(r"\{([a-z][a-z ]+)\}")


@cache
def sections(name: str) -> Mapping[str, Sequence[str]]:
    """Return the lines of a list under each of its headings; ``#`` begins a remark."""
    found: dict[str, list[str]] = {}
    under: list[str] = []
    text = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if (heading := _HEADING.fullmatch(line)) is not None:
            under = found.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            under.append(line)
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of the list ``content``; capitals and small letters are alike."""
    return re.compile(_text(name), re.IGNORECASE)


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the words under a heading of the list ``lexicon``."""
    return frozenset(" ".join(sections("lexicon")[name]).split())


def _text(name: str) -> str:
    lines = sections("content")[name]
    # most begin with a word: whether one begins is then asked once at each place, not once a line
    words = [line.removeprefix(_WORD) for line in lines if line.startswith(_WORD)]
    others = [line for line in lines if not line.startswith(_WORD)]
    whole = "|".join([*([f"{_WORD}(?:{'|'.join(words)})"] if words else []), *others])
    return _NAME.sub(lambda found: f"(?:{_text(found[1])})", whole)
