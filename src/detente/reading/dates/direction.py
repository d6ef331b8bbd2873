"""Whether the words around a date speak of what has been or of what is to come."""

from __future__ import annotations

import re

from detente.reading.dates.almanac import Way
from detente.reading.found import Span

__all__ = ["way_of"]

_GAP = r"(?:\s+(?:not|also|now|then|only|never|still|both|\w{2,14}ly)){0,3}"
_MARK = re.compile(
    # what is to come, with the participles that belong to it
    rf"(?P<ahead>\b(?:(?:will|shall|would|may|might|must|should|could|can){_GAP}"
    r"(?!\s+(?:not\s+)?have\b)(?:\s+(?:be|get))?"
    r"|(?:won|wouldn)[\u2019']t(?:\s+be)?|\w+[\u2019']ll(?:\s+be)?"
    rf"|(?:is|are|was|were|be|am|\w[\u2019']s|\w[\u2019']re){_GAP}\s+(?:to\s+(?:be\s+)?(?=\w)|about\s+to"
    r"|going\s+to|due\b|set\s+(?:to|for)\b|expected\b|scheduled\b|planned\b|slated\b)"
    r"|expect(?:ed|s|ing)?|scheduled?|slated|planned\s+for|due\s+(?:to|on|in|for|by|at|before)\b"
    r"|(?:plan|intend|aim|hope|want|vow|promise|pledge|threaten|agree|decline|refuse|invite|ready"
    r"|willing|prepare|propose|offer|undertake|commit|urge|call|order|tell|ask|give)"
    r"(?:s|d|ed|ned|ped|red|ted|ting|ning|ing)?(?:\s+(?:it|them|him|her|us))?"
    r"(?:\([a-z]{1,3}\))?(?:\s+to)(?:\s+be)?"
    r"|(?:begin|start|expire|end|resume|open|conclude|fall)s(?=\s+(?:on|at|in|next|due|[A-Z])|\s*\Z)"
    r"|(?:take|come|enter)s?\s+(?:into\s+)?(?:effect|force|place)|runs?\s+out"
    r"|(?:is|are)\s+(?:meeting|travell?ing|flying|heading|leaving|arriving|visiting|holding))"
    r"\b(?:(?<=be)\s+(?:\w+ly\s+)?\w+(?:ed|en|ld|de|nt|ut|un)\b)?)"
    # what has been
    r"|(?P<back>\b(?:was|were|had|has|have|did|been|said|says|told|added|wrote|tweeted|warned"
    r"|announced|insisted|claimed|stated|declared|denied|condemned|met|didn[\u2019']t|hadn[\u2019']t"
    r"|wasn[\u2019']t)\b)"
    r"|(?P<weak>\b(?:held|took|came|went|made|gave|began|broke|sent|spoke|left|won|lost|hit|shot"
    r"|fell|rose|saw|found|struck|sank|fled|fought|quit|led|swore|withdrew|drew|flew|ran|sat|stood"
    r"|brought|bought|kept|became|grew|knew|paid|laid|sued|seized|(?!indeed|agreed)\w{2,20}[a-z]ed)"
    r"\b)"
)
#: where another clause may begin, and where it certainly does
_SOFT = re.compile(
    r"\b(?:that|which|who|whom|when|where|while|because|after|before|as|and|but|if|unless|until"
    r"|since|saying|adding|whether|or)\b"
)
_HARD = re.compile(r"[;:()—]|\s[-\u2013]\s|[\u201c\u201d\"]")
_DEADLINE = re.compile(
    r"\s+(?:deadline|cut-?off|ultimatum)\b(?!\s+(?:passed|expired|lapsed|was\b))"
)
_DEADLINE_BEFORE = re.compile(r"\b(?:deadline|ultimatum)\s+(?:of|on|is|for)\s+\Z")
#: how far the words are looked at
_WINDOW = 200


def way_of(text: str, sentence: Span, date: Span, prepositions: str) -> Way | None:
    """Return whether the clause around a date looks back or ahead; None if nothing says so.

    Parameters
    ----------
    text : str
    sentence : Span
        The piece of the text that the date stands in.
    date : Span
        The date.
    prepositions : str
        What stands directly before it, in small letters.
    """
    if _DEADLINE.match(text, date.end, sentence.end):
        return "to come"
    low = max(sentence.start, date.start - _WINDOW)
    high = min(sentence.end, date.end + _WINDOW)
    left, right = text[low : date.start], text[date.end : high]
    if _DEADLINE_BEFORE.search(left):
        return "to come"
    hard = [found.end() for found in _HARD.finditer(left)]
    near = left[hard[-1] :] if hard else left
    close = _HARD.search(right)
    after = right[: close.start()] if close else right
    if prepositions in ("by", "before", "until", "till", "no later than", "not later than"):
        # "by Friday the army had left" looks back all the same
        marks = [found.lastgroup for found in _MARK.finditer(after)]
        first = re.search(r"\bhad\b", after)
        return "past" if first and marks and marks[0] == "back" else "to come"
    return _of_clause(near, after)


def _of_clause(left: str, right: str) -> Way | None:
    """Return where the marks of tense nearest to a place point; those to its left come first."""
    cuts = [found.start() for found in _SOFT.finditer(left)]
    own = left[cuts[-1] :] if cuts else left
    way = _last(own)
    if way is not None:
        return way
    cut = _SOFT.search(right)
    following = _MARK.search(right[: cut.start()] if cut else right)
    if following is not None:
        return "to come" if following.lastgroup == "ahead" else "past"
    way = _last(left) if cuts else None
    if way is not None:
        return way
    later = _MARK.search(right) if cut else None
    if later is None and not cut:
        return None
    return "to come" if later is not None and later.lastgroup == "ahead" else "past"


def _last(words: str) -> Way | None:
    """Return where the last mark points; a bare participle yields to a verb ahead before it."""
    marks = list(_MARK.finditer(words))
    end = len(words)
    for mark in reversed(marks):
        if mark.lastgroup != "weak":
            # in "it will go on, the minister assured them" a comma parts the two
            parted = "," in words[mark.end() : end]
            yields = mark.lastgroup == "ahead" and not (parted and end < len(words))
            return "to come" if yields else "past"
        end = mark.start()
    return "past" if marks else None
