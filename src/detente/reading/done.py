"""Whether a verb tells something done: not threatened, demanded, planned, supposed or denied."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.reading.found import Span
from detente.reading.targets import OWNS, tokens_of
from detente.reading.words import words_under

__all__ = ["Verb", "verb_at"]

#: how far a verb is read to the left
_BEFORE = 200
_NOT_DONE = words_under("phrases", "not done")
_PERFECT = frozenset(["has", "have", "had", "having", "\u2019ve", "'ve", "\u2019d", "'d"])
_DONE_PASSIVE = frozenset(["was", "were", "been", "being"])
_PRESENT = frozenset(["is", "are", "\u2019s", "'s", "\u2019re", "'re"])
_ADVERBS = words_under("phrases", "adverbs")
#: after these a participle belongs to a noun: the imposed sanctions
_BEFORE_NOUNS = words_under("phrases", "before nouns")
_BREAK = re.compile(r"[,;:\u2013\u2014(]|\b(?:and|but)\b")
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|as though|wish(?:es|ed)?|den(?:y|ies|ied)|refus\w+|suppose|imagine"
    r"|no one|nobody|none|neither|nor|never|no|rumou?rs?|untrue|not true|false(?: \w+)? that"
    r"|falsely (?:said|claimed|reported))\b"
)
_OPEN = re.compile(
    r"\b(?:will|would|could|may|might|should|must|shall|can|when|once|before|until|whenever"
    r"|threat\w*|consider\w*|propos\w*|plan\w*|call(?:s|ed|ing)? for|demand\w*|want\w*|urg\w+"
    r"|vow\w*|promis\w*|pledg\w*|ask\w*|warn\w*|bills?|drafts?|laws?|expected|likely|possib\w*)\b"
)
_DRAFT = re.compile(r"\b(?:bill|draft|proposal|plan|amendment|scenario)\W*(?:that|which)?\W*$")
_INVERTED = re.compile(r"\W*(?:had|should|were|did|has|have|is|are|will|would)\b(?!\s+been)")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that tells something done.

    Attributes
    ----------
    word : str
    span : Span
    group : int
        Where its auxiliaries and adverbs begin.
    sentence : int
    passive : bool
    joined : bool
        Whether it hangs on what was told before: ``..., blacklisting two banks``.
    before : str
        The word or mark before the group; empty at the start of the sentence.
    """

    word: str
    span: Span
    group: int
    sentence: int
    passive: bool
    joined: bool
    before: str


def verb_at(low: str, span: Span, sentence: Span, index: int) -> Verb | None:
    """Return the verb at a place of a text in lower case, if it tells something done."""
    if (
        low[max(sentence.start, sentence.end - 4) : sentence.end]
        .rstrip("\"'\u201d\u2019)")
        .endswith("?")
    ):
        return None
    word = low[span.start : span.end]
    begin = max(sentence.start, span.start - _BEFORE)
    left = tokens_of(low, Span(begin, span.start))
    auxiliaries: set[str] = set()
    at, previous = span.start, ""
    for token in reversed(left):
        previous = token.word
        if previous in _NOT_DONE or previous.endswith(("n't", "n\u2019t", "\u2019ll", "'ll")):
            return None
        if previous in _PERFECT | _DONE_PASSIVE | _PRESENT:
            auxiliaries.add(previous)
        elif not (previous in _ADVERBS or (previous.endswith("ly") and previous != "newly")):
            break
        at, previous = token.start, ""
    gerund, present = word.endswith("ing"), word.endswith("s")
    passive = not gerund and not present and bool(auxiliaries & (_DONE_PASSIVE | _PRESENT))
    if not _fits(auxiliaries, previous, gerund=gerund, present=present, passive=passive):
        return None
    before = low[begin : span.start]
    breaks = [one.end() for one in _BREAK.finditer(before)]
    clause = before[breaks[-1] :] if breaks else before
    open_ = before if gerund else clause
    if _SUPPOSED.search(clause) or ((gerund or present) and _OPEN.search(open_)):
        return None
    if _DRAFT.search(low[begin:at]) or _INVERTED.match(low, sentence.start, span.start):
        return None
    joined = gerund and not auxiliaries
    return Verb(word, span, at, index, passive, joined, previous)


def _fits(
    auxiliaries: set[str], previous: str, *, gerund: bool, present: bool, passive: bool
) -> bool:
    """Tell whether a form with its auxiliaries is a verb of something done."""
    if gerund:
        running = auxiliaries & (_DONE_PASSIVE | _PRESENT) and not auxiliaries & _PERFECT
        return bool(running) or (not auxiliaries and previous in {",", "by", "\u2013", "\u2014"})
    if present:
        return not auxiliaries and bool(previous) and previous not in _BEFORE_NOUNS
    if passive:
        # "are sanctioned" tells what is the rule
        return bool(auxiliaries & _DONE_PASSIVE)
    if auxiliaries:
        return "having" not in auxiliaries
    return bool(previous) and previous not in _BEFORE_NOUNS and not previous.endswith(OWNS)
