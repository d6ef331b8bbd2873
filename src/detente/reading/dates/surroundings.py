"""What stands before a date: its preposition, which part of it is meant, and what makes it none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.reading.dates.points import Point
from detente.reading.dates.words import S
from detente.reading.found import Span

__all__ = ["Before", "before_of", "refused"]

_WINDOW = 80
_LEFT = re.compile(
    rf"(?<![\w\u2019'-])(?i:(?:(?P<prep>on{S}or{S}before|no{S}later{S}than|not{S}later{S}than|prior{S}to"
    rf"|as{S}of|back{S}in|(?:in|over|during){S}the{S}course{S}of|on|in|at|by|before|until|till|since"
    rf"|after|from|between|during|over|throughout|through|of|for|around|about|to|to{S}the|circa){S})?"
    rf"(?:(?P<when>midnight|midday|noon|dawn|dusk)(?:{S}(?:on|of))?{S})?"
    rf"(?:(?P<article>the){S})?"
    rf"(?:(?P<clock>(?:early|late)?{S}?(?:morning|afternoon|evening|night|eve){S}of{S}(?:the{S})?)"
    rf"|(?P<sooner>later|earlier)(?:{S}(?:on|in))?{S}"
    rf"|(?P<end>end{S}of{S}|end-|close{S}of{S})(?:the{S})?"
    rf"|(?P<early>early(?:{S}(?:on|in))?{S}|early-|(?:beginning|start|early{S}part){S}of{S}(?:the{S})?)"
    rf"|(?P<late>late(?:{S}(?:on|in))?{S}|late-|latter{S}part{S}of{S}(?:the{S})?)"
    rf"|(?P<mid>mid[-\u2013\s]\s?|middle{S}of{S}(?:the{S})?)"
    rf"|(?P<rest>rest{S}of{S}|remainder{S}of{S}))?)\Z"
)
_OWNED = re.compile(r"[\u2019']s?\b(?!\d)|[\u2019'](?=\s)")
_EVERY = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Mm]ost|[Aa]lternate)(?:\s(?:other|second))?\s\Z"
)
_FEAST = re.compile(
    r"\b(?:Black|Good|Bloody|Palm|Easter|Ash|Holy|Maundy|Super|Cyber|Whit|Shrove|Giving|Red|Sorry"
    r"|Mail on|Arab|Prague|Man|Freaky|Blue|Long|Women[\u2019']s|Great)\s\Z"
)
_PERSON = re.compile(
    r"\b(?:Theresa|Mrs?|Ms|Miss|Dr|Sir|Lord|Lady|Minister|President|Secretary|Brian|Elaine|Robert"
    r"|Imelda)\.?\s(?:[A-Z]\.\s)?\Z"
)
_MAY = re.compile(r"\b(?:Theresa|Mrs|Ms|Mr|Prime Minister|Brian|Robert)\.?\s+May\b")
_VERB = re.compile(
    r"[\u2019']s\b|\s(?:is|was|has|had|said|says|told|will|would|and\s(?:her|his)|who|herself|himself)\b"
)
_HOLIDAY = re.compile(r"\b[A-Z][a-z]+(?:th|st|nd|rd)\sof\s\Z")
_THE = re.compile(r"\b[Tt]he\s\Z")
_CODE = re.compile(
    r"(?:\b(?:resolutions?|res|scr|articles?|arts?|flight|rooms?|pages?|pp?|nos?|numbers?|sections?"
    r"|chapters?|route|highway|boeing|airbus|paragraphs?|decree|bill|unit|line|bus|model|form"
    r"|channel|suite|apartment|building|psalm|unscr|area|code|pin|level|target|version)\.?\s*#?"
    r"|[$€£¥#№]\s*|\d[\s,/-]*(?:and\s|or\s)?)\Z",
    re.IGNORECASE,
)
_YEAR_BEFORE = frozenset(
    {
        "in", "since", "of", "by", "from", "until", "till", "before", "after", "during", "between",
        "to", "for", "through", "throughout", "around", "about", "circa", "over", "prior to",
        "back in", "as of", "no later than", "not later than", "on or before",
    }
)  # fmt: skip
_ENDS = re.compile(r"\s*(?:[.,;:)\]!?]|\Z)")
_TO_YEAR = re.compile(rf"{S}(?:to|until|through){S}(?:1[5-9]|20)\d\d\b")
_OWN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Yy]our|[Ii]ts)\s(?:early|late|mid)?[\s-]?\Z"
)
_CAPITAL = re.compile(r"\s[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a date.

    Attributes
    ----------
    start : int
        Where the date begins with it.
    preposition : str
        In small letters; empty where none is, or where it belongs to another word.
    part : str
        ``early``, ``mid``, ``late``, ``end``, ``some`` (later this year), or empty.
    article : bool
        Whether an article stands directly before the date.
    """

    start: int
    preposition: str = ""
    part: str = ""
    article: bool = False


def before_of(text: str, point: Point, low: int) -> Before:
    """Return what stands before a date, no further back than a place."""
    low = max(low, point.start - _WINDOW)
    found = _LEFT.search(text[low : point.start])
    if found is None:
        return Before(point.start)
    preposition = " ".join((found["prep"] or "").lower().split())
    article = bool(found["article"])
    part = next((name for name in ("early", "mid", "late", "end") if found[name]), "")
    if found["sooner"] or found["rest"] or found["clock"] or found["when"]:
        part = part or "some"
    start = low + found.start()
    if part:
        return Before(start, preposition, part)
    words = text[point.start : point.end]
    if _OWNED.match(text, point.end):
        return Before(point.start, "", "", article)
    if article and point.kind == "noun year":
        return Before(low + found.start("article"), "", "", article)
    dated = point.kind in ("day", "month", "weekday")
    # "the 18 June vote" is a vote; "the 18th of June" is a day
    if article and dated and not re.search(r"\sof\s|\A\d+(?:st|nd|rd|th)", words):
        return Before(point.start, "", "", article)
    if preposition in ("to", "to the") or point.kind == "noun year":
        start, preposition = point.start, "to" if point.kind == "year" else ""
    return Before(start, preposition, "", article)


def refused(text: str, point: Point, around: Before, piece: Span) -> bool:
    """Tell whether something that looks like a date is none."""
    left = text[max(0, point.start - 40) : point.start]
    kind, words = point.kind, text[point.start : point.end]
    if _EVERY.search(left):
        return True
    if kind in ("year", "years", "noun year"):
        return _no_year(text, point, around, left, piece)
    if kind == "decade":
        return bool(_OWN.search(left) or _CODE.search(left)) or (
            words[0] in "\u2019'" and not re.search(r"\b[Tt]he\s(?:\w+\s)?\Z", left)
        )
    if kind == "century":
        return not around.article and not around.part
    if kind == "weekday":
        return bool(_FEAST.search(left)) or (
            words[-1] == "." and not _abbreviated(text, point, left)
        )
    if kind == "season" and words[0] not in "LlNnTtCcPpFf0123456789" and point.relative:
        return _no_season(words, around)
    if kind == "season" and point.relative and words.lower() == "fall":
        return _no_season(words, around)
    if kind in ("plain week", "plain month", "plain year"):
        return not around.part
    if kind == "weekend" and words.lower().startswith("the"):
        return not around.preposition and not around.part
    return kind == "month" and point.relative and _no_month(text, point, around, left)


def _no_year(text: str, point: Point, around: Before, left: str, piece: Span) -> bool:
    if _CODE.search(left):
        return True
    if point.kind != "year" or around.part in ("early", "mid", "late", "end"):
        return False
    if around.preposition in _YEAR_BEFORE or _TO_YEAR.match(text, point.end, piece.end):
        return False
    ends = _ENDS.match(text, point.end, piece.end)
    if left.endswith("(") and text[point.end : point.end + 1] == ")":
        return False
    return not (ends and re.search(r"[^\d\s],\s\Z", left))


def _abbreviated(text: str, point: Point, left: str) -> bool:
    """Tell whether ``Sun.`` is a day, not the end of a sentence on something else."""
    if _THE.search(left):
        return False
    return bool(
        re.search(r"\b(?:[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ll]ast|[Nn]ext)\s\Z", left)
        or re.match(rf",?{S}(?:\d|[A-Z][a-z]{{2,8}}\.?{S}\d)", text[point.end : point.end + 20])
    )


def _no_season(words: str, around: Before) -> bool:
    if words[0].isupper() and not around.preposition:
        return True
    if words.lower() == "fall":
        return not (
            around.article and around.preposition in ("in", "during", "until", "by", "since")
        )
    return not around.part and around.preposition not in (
        "in", "during", "over", "by", "since", "until", "throughout", "before", "for",
    )  # fmt: skip


def _no_month(text: str, point: Point, around: Before, left: str) -> bool:
    """Tell whether the name of a month alone is a person, a march or a part of a name."""
    words = text[point.start : point.end]
    if _PERSON.search(left) or _FEAST.search(left) or _HOLIDAY.search(left):
        return True
    if re.search(r"\b[Mm]onth\sof\s\Z", left):
        return False
    placed = bool(around.preposition or around.part)
    if words in ("May", "MAY", "March", "MARCH"):
        if not placed or (_VERB.match(text, point.end) and not around.part):
            return True
        loose = around.preposition in (
            "by",
            "before",
            "after",
            "of",
            "for",
            "about",
            "from",
            "over",
        )
        if words == "May" and not around.part and (loose or around.preposition == "to"):
            return around.preposition in ("for", "about", "of", "over", "to") or bool(
                _MAY.search(text)
            )
        return False
    if words in ("April", "June", "August", "January") and not placed:
        return bool(_CAPITAL.match(text, point.end))
    return False
