"""What the words said tell of the kind of a statement, where the verb tells no more than said.

A clause is looked at for who it is about (the holder or another), whether it looks ahead or back,
whether it is negated, hangs on a condition, and does harm or good to another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from detente.reading.found import Kind
from detente.reading.words.patterns import pattern

__all__ = ["content_kind", "content_parts", "likelihood_in"]

#: a sentence, or a clause of its own: "It is a lie, and we will not go"
_SENTENCE = re.compile(
    r"(?:(?!,\s+(?:and|but)\s+(?:we|I|he|she|it|they)\b)[^.!?;])+[.!?;]?"
    r"|,\s+(?:and|but)\b[^.!?;]*[.!?;]?|[.!?;]"
)


def content_kind(
    words: str, *, quoted: bool = False, own: Iterable[str] = ()
) -> tuple[Kind | None, str]:
    """Return the kind that the words of somebody tell, and the words that tell it.

    Parameters
    ----------
    words : str
        A quotation, or what follows "said that".
    quoted : bool
        Whether "we" is the holder; otherwise "he", "it" and "they" may be.
    own : iterable of str
        Names of the holder and of the side it speaks for.

    Returns
    -------
    kind : str or None
        None for nothing but questions.
    told : str
        Empty for an assertion.
    """
    parts = content_parts(words, quoted=quoted, own=own)
    if parts is None:
        return None, ""
    return next(((kind, told) for _, kind, told in parts if kind != "assertion"), ("assertion", ""))


def content_parts(
    words: str, *, quoted: bool = False, own: Iterable[str] = ()
) -> list[tuple[int, Kind, str]] | None:
    """Return where in somebody's words each kind of statement begins, and what tells it.

    A sentence that only goes on with the kind before it, or asserts something besides, begins
    none. None stands for words that are nothing but questions.
    """
    sentences = [one for one in _SENTENCE.finditer(words) if any(map(str.isalnum, one.group()))]
    stated = [one for one in sentences if not one.group().rstrip(" ”’\"'").endswith("?")]
    if sentences and not stated:
        return None
    own_name = _beginning(tuple(name for name in own if name))
    found: list[tuple[int, Kind, str]] = []
    for sentence in stated:
        text = sentence.group()
        is_self = bool((pattern("self quoted") if quoted else pattern("self told")).search(text))
        is_self = is_self or bool(own_name and own_name.search(text))
        kind, told = _kind(text, is_self=is_self, quoted=quoted)
        if not found or kind not in ("assertion", found[-1][1]):
            found.append((sentence.start(), kind, " ".join(told.split())))
    return found


#: kind, the pattern that tells it, and what must hold besides: `self` (of the holder or its side),
#: `other`, `quoted`, `told`, and patterns that must (+) or must not (-) be found; the first that
#: fits decides
_RULES: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("threat", "threat", ()),
    ("threat", "ahead alone", ("+unmet", "-better")),
    ("forecast", "foretold", ()),
    ("denial", "denial", ()),
    ("denial", "denial self", ("self",)),
    ("promise", "no harm", ()),
    ("offer", "ready", ("-negated ready",)),
    ("refusal", "refusal", ()),
    ("refusal", "refusal self", ("self",)),
    ("refusal", "will not", ("told",)),
    ("threat", "harm ahead", ("self",)),
    ("threat", "harm ahead", ("+condition bad",)),
    ("offer", "help to come", ("+condition", "-after")),
    ("offer", "ahead alone", ("+by condition",)),
    ("warning", "warning", ()),
    ("demand", "imperative", ("quoted",)),
    ("demand", "demand", ("-inverted if",)),
    ("acceptance", "acceptance", ()),
    ("accusation", "charge", ()),
    ("accusation", "accused", ("other", "-will self", "-suffered")),
    ("reaction", "reaction", ()),
    ("assertion", "schedule", ("told",)),
    ("promise", "will self", ("self",)),
    ("promise", "promise", ()),
    ("forecast", "uncontrolled", ()),
    ("promise", "ahead alone", ("-likelihood",)),
    ("forecast", "forecast", ()),
)


def _kind(words: str, *, is_self: bool, quoted: bool) -> tuple[Kind, str]:
    """Return the kind of one sentence, and the words that tell it."""
    state = {"self" if is_self else "other", "quoted" if quoted else "told"}
    for kind, name, conditions in _RULES:
        found = pattern(name).search(words)
        if found is not None and all(_holds(one, words, state) for one in conditions):
            return kind, found.group()
    return "assertion", ""


@lru_cache(maxsize=4_096)
def _beginning(names: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds one of some names at the beginning of a clause."""
    if not names:
        return None
    some = "|".join(map(re.escape, names))
    return re.compile(rf"{pattern('lead').pattern}(?:the )?(?:{some})\b", re.IGNORECASE)


def _holds(condition: str, words: str, state: Collection[str]) -> bool:
    if condition[0] in "+-":
        found = pattern(condition[1:]).search(words) is not None
        return found == (condition[0] == "+")
    return condition in state


def likelihood_in(words: str) -> str:
    """Return how likely something is said to be, in the words themselves; empty if not said."""
    found = pattern("likelihood").search(words)
    return found.group() if found else ""
