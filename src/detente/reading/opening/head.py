"""Title, author, day and address of a plain text, from what stands above or below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.found import Span
from detente.reading.layout import Layout
from detente.reading.opening.days import DAY, day_at_start, day_in_url
from detente.reading.opening.opened import Opened

__all__ = ["name_in_byline", "read_head"]

#: how much of the text is looked at above and below, in characters and in paragraphs
_TOP, _BOTTOM, _MANY = 8_000, 3_000, 12

_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_NAME = (
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][\w.\u2019'-]*(?: (?:de|del|der|van|von|bin|ibn|al"
    r"|el|la|da|"
    r"[A-Z][\w.\u2019'-]*)){1,4}"
)
_BYLINE = re.compile(
    rf"(?:By|BY|by|Written by|Author:|Posted by|Published by|Story by) (?P<name>{_NAME}"
    rf"(?:(?:, | and | & |, and ){_NAME}){{0,4}})(?: in [A-Z][\w .-]{{1,40}})?"
    r"(?:[,;]? ?[|•·\u2013—,/(-].{0,100})?"
)
_NO_NAME = re.compile(rf"(?:{_WEEKDAY}|{DAY})\b")
_DATED = re.compile(
    r"(?:First |Last )?(?:Published|Posted|Date|Dated|Publication date|On)?(?: on| at)?:? ?"
    rf"(?:{_WEEKDAY}[.,]? )?(?P<day>{DAY})"
    r"(?:[ ,|•·\u2013—-]*(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?\(?[A-Z]{2,4}\)?)?)?"
    r"(?: ?[|•·\u2013—-] ?[^.!?]{0,60})?\.?",
)
_DATED_BYLINE = re.compile(
    rf"{_BYLINE.pattern.split('(?: in')[0]}.{{0,40}}?[|•·\u2013—,(-] ?(?P<day>{DAY}).{{0,40}}"
)
#: VIENNA, October 30, 2021 (Agency) - The talks ...
_DATELINE = re.compile(
    rf"[A-Z][A-Z .\u2019'-]{{2,40}}(?:, [A-Z][\w .]{{1,30}})?,? (?:\(?{_WEEKDAY},? )?"
    rf"(?P<day>{DAY})\)?"
    r"(?: ?\([\w /]{1,30}\))? ?[-\u2013—:] ?\S"
)
_ADDRESS = re.compile(
    r"(?:(?:Source|URL|Link|Address|Retrieved from|Originally published (?:at|on)|From"
    r"|Available at)"
    r":? )?<?(?P<url>https?://[^\s<>]{3,1000})>?",
    re.IGNORECASE,
)


def read_head(opened: Opened) -> None:
    """Note what a plain text says about itself; furniture is passed over.

    Parameters
    ----------
    opened : Opened
        Its text and furniture are there already; the facts are noted in it.
    """
    text = opened.text
    top = _lines(text, 0, opened.furniture)[:_MANY]
    start = max(0, len(text) - _BOTTOM)
    bottom = _lines(text, start, opened.furniture)[-_MANY:] if start else []
    lines = [line for _, line in top]
    _title(opened, lines)
    for line in lines:
        opened.note("author", name_in_byline(line), "given")
        opened.note("published", _day_of(line), "given")
    above = [found["url"] for line in lines if (found := _ADDRESS.fullmatch(line))]
    below = {found["url"] for _, line in bottom if (found := _ADDRESS.fullmatch(line))}
    # several addresses below a text are what it refers to, not where it stood
    url = above[0] if above else next(iter(below)) if len(below) == 1 else None
    if url:
        opened.note("url", url, "given")
        opened.note("published", day_in_url(url), "from-url")


def _lines(text: str, start: int, furniture: Sequence[Span]) -> list[tuple[int, str]]:
    """Return the paragraphs of a stretch of the text, each with its place and single spaces."""
    size = _TOP if start == 0 else _BOTTOM
    layout = Layout.of(text[start : start + size])
    found = []
    for paragraph in layout.paragraphs:
        first, end = paragraph.span.start + start, paragraph.span.end + start
        span = Span(first, end)
        if not any(span.overlaps(one) for one in furniture):
            found.append((first, " ".join(text[first:end].split())))
    return found


def _title(opened: Opened, lines: Sequence[str]) -> None:
    """Take the first paragraph for the title if it is short, without a stop, and prose follows."""
    if len(lines) < 2:
        return
    title = lines[0].lstrip("# ").strip()
    if not 2 <= len(title) <= 160 or title[-1] in ".:;,\u2026":
        return
    if name_in_byline(title) or _day_of(title) or _ADDRESS.fullmatch(title):
        return
    # a headline may begin as a quotation, but then goes on after it
    if re.fullmatch(r"[“\"][^”\"]*[”\"]?", title):
        return
    if any(
        len(one) > max(80, len(title)) or (one[-1] in '.”"' and len(one) > len(title))
        for one in lines[1:6]
    ):
        opened.note("title", title, "inferred")


def name_in_byline(line: str) -> str | None:
    """Return the author of a line such as ``By Ana Petrov, in Vienna``."""
    found = _BYLINE.fullmatch(line) if len(line) <= 200 else None
    return found["name"] if found and not _NO_NAME.match(found["name"]) else None


def _day_of(line: str) -> str | None:
    found = _DATELINE.match(line[:200])
    if not found and len(line) <= 140:
        found = _DATED.fullmatch(line) or _DATED_BYLINE.fullmatch(line)
    return day_at_start(found["day"]) if found else None
