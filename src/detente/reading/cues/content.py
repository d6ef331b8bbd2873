"""What the words said tell of the kind of a statement, where the verb tells no more than said.

A clause is looked at for who it is about (the holder or another), whether it looks ahead or back,
whether it is negated, hangs on a condition, and does harm or good to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.reading.found import Kind
from detente.reading.words.patterns import pattern

__all__ = ["content_kind", "content_parts", "likelihood_in"]

_SENTENCE = re.compile(r"[^.!?;]+[.!?;]?|[.!?;]")


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
    names = [re.escape(name) for name in own if name]
    own_name = (
        re.compile(pattern("lead").pattern + rf"(?:the )?(?:{'|'.join(names)})\b", re.I)
        if names
        else None
    )
    found: list[tuple[int, Kind, str]] = []
    for sentence in stated:
        text = sentence.group()
        is_self = bool((pattern("self quoted") if quoted else pattern("self told")).search(text))
        is_self = is_self or bool(own_name and own_name.search(text))
        kind, told = _kind(text, is_self=is_self, quoted=quoted)
        if not found or kind not in ("assertion", found[-1][1]):
            found.append((sentence.start(), kind, " ".join(told.split())))
    return found


def _kind(words: str, *, is_self: bool, quoted: bool) -> tuple[Kind, str]:
    """Return the kind of one sentence; the first rule that fits decides."""
    rules: list[tuple[Kind, re.Pattern[str], bool]] = [
        ("threat", pattern("threat"), True),
        ("denial", pattern("denial"), True),
        ("denial", pattern("denial self"), is_self),
        ("promise", pattern("no harm"), True),
        ("offer", pattern("ready"), not pattern("negated ready").search(words)),
        ("refusal", pattern("refusal"), True),
        ("refusal", pattern("refusal self"), is_self),
        ("refusal", pattern("will not"), not quoted),
        ("threat", pattern("harm ahead"), is_self or bool(pattern("condition bad").search(words))),
        (
            "threat",
            pattern("ahead alone"),
            bool(pattern("unmet").search(words)) and not pattern("better").search(words),
        ),
        (
            "offer",
            pattern("help to come"),
            bool(pattern("condition").search(words)) and not pattern("after").search(words),
        ),
        ("offer", pattern("ahead alone"), bool(pattern("by condition").search(words))),
        ("warning", pattern("warning"), True),
        ("demand", pattern("imperative"), quoted),
        ("demand", pattern("demand"), not pattern("inverted if").search(words)),
        ("acceptance", pattern("acceptance"), True),
        ("accusation", pattern("charge"), True),
        (
            "accusation",
            pattern("accused"),
            not (
                is_self or pattern("will self").search(words) or pattern("suffered").search(words)
            ),
        ),
        ("reaction", pattern("reaction"), True),
        ("promise", pattern("will self"), is_self),
        ("promise", pattern("promise"), True),
        ("assertion", pattern("schedule"), not quoted),
        ("forecast", pattern("uncontrolled"), True),
        ("promise", pattern("ahead alone"), not pattern("likelihood").search(words)),
        ("forecast", pattern("forecast"), True),
    ]
    for kind, wanted, holds in rules:
        if holds and (found := wanted.search(words)):
            return kind, found.group()
    return "assertion", ""


def likelihood_in(words: str) -> str:
    """Return how likely something is said to be, in the words themselves; empty if not said."""
    found = pattern("likelihood").search(words)
    return found.group() if found else ""
