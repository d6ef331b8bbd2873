"""Whether a text is English, by its letters and its commonest words."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["language_of"]

#: words that every English text is full of, and that other languages seldom use
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "for",
        "it",
        "with",
        "as",
        "this",
        "from",
        "are",
        "were",
        "been",
        "has",
        "have",
        "had",
        "by",
        "not",
        "they",
        "their",
        "which",
        "his",
        "her",
        "will",
        "would",
        "could",
        "should",
        "said",
        "who",
        "what",
        "when",
        "after",
        "than",
        "there",
        "its",
        "you",
        "your",
        "we",
        "our",
        "but",
        "is",
        "was",
        "at",
        "be",
        "or",
        "an",
        "if",
        "into",
        "over",
        "about",
        "between",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_WINDOW = 8_000
#: fewer words than this tell nothing
_FEW = 30
#: English prose has a share of 0.35 to 0.5, other languages of Europe less than 0.06
_SHARE = 0.1


def language_of(text: str) -> str:
    """Return ``en``, ``other``, or ``unknown`` for a text that is too short to tell.

    Begin, middle and end of a long text are looked at.
    """
    if len(text) > 3 * _WINDOW:
        middle = (len(text) - _WINDOW) // 2
        text = " ".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))
    words = _WORD.findall(text)
    letters = [one for word in words for one in word]
    # languages without spaces have few words, and their letters decide
    if len(letters) >= 2 * _FEW:
        latin = sum(one < "\u0250" or _latin(one) for one in letters)
        if latin < 0.6 * len(letters):
            return "other"
    if len(words) < _FEW:
        return "unknown"
    common = sum(word.lower() in _COMMON for word in words)
    return "en" if common >= _SHARE * len(words) else "other"


def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
