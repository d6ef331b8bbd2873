"""Where a sentence speaks of a state or an entry: marks that a page turns into links.

A sentence is a text. On a screen and in JSON that is all; on a page the numbers of states lead to
why they hold, and the ids of entries to the entries. `MarkedLinks` puts marks around them, which
`pieces` finds again; they are characters that Unicode keeps for the inside of programs, so no
text of anybody's has a meaning for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Links", "MarkedLinks", "Piece", "pieces", "unmarked", "upper_first"]

_OPEN, _MIDDLE, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
#: none of the three can stand inside, so that one begun and not ended swallows nothing
_INNER = f"[^{_OPEN}{_MIDDLE}{_CLOSE}]*"
_MARKED = re.compile(f"{_OPEN}([se]){_MIDDLE}({_INNER}){_MIDDLE}({_INNER}){_CLOSE}")


class Piece(NamedTuple):
    """A part of a sentence: text, and the state (counted from 0) or entry it speaks of."""

    text: str
    kind: Literal["", "state", "entry"] = ""
    to: str = ""


class Links:
    """No links: sentences are text."""

    def state(self, state: int, text: str) -> str:
        """Return a text that speaks of a state."""
        del state
        return text

    def entry(self, id_: str, text: str | None = None) -> str:
        """Return a text that speaks of an entry of the record, by default its id."""
        return id_ if text is None else text

    def cited(self, ids: tuple[str, ...] | list[str]) -> str:
        """Return `` [T02, E057]``, and nothing where there are none."""
        return f" [{', '.join(map(self.entry, dict.fromkeys(ids)))}]" if ids else ""


class MarkedLinks(Links):
    """Marks what is spoken of, and remembers it in the order in which it first was.

    Attributes
    ----------
    states, entries : dict
        Their keys.
    """

    def __init__(self) -> None:
        self.states: dict[int, None] = {}
        self.entries: dict[str, None] = {}

    def state(self, state: int, text: str) -> str:
        """Return the text with marks around it."""
        self.states.setdefault(state)
        return f"{_OPEN}s{_MIDDLE}{state}{_MIDDLE}{text}{_CLOSE}"

    def entry(self, id_: str, text: str | None = None) -> str:
        """Return the text with marks around it."""
        self.entries.setdefault(id_)
        return f"{_OPEN}e{_MIDDLE}{id_}{_MIDDLE}{id_ if text is None else text}{_CLOSE}"


def pieces(sentence: str) -> Iterator[Piece]:
    """Yield a sentence in parts: plain text, and what is marked."""
    end = 0
    for found in _MARKED.finditer(sentence):
        if found.start() > end:
            yield Piece(sentence[end : found.start()])
        yield Piece(found[3], "state" if found[1] == "s" else "entry", found[2])
        end = found.end()
    if end < len(sentence):
        yield Piece(sentence[end:])


def unmarked(sentence: str) -> str:
    """Return a sentence without marks."""
    return "".join(piece.text for piece in pieces(sentence))


def upper_first(sentence: str) -> str:
    """Return a sentence that begins with a capital letter, marks or not."""
    found = _MARKED.match(sentence)
    start = found.start(3) if found else 0
    return f"{sentence[:start]}{sentence[start : start + 1].upper()}{sentence[start + 1 :]}"
