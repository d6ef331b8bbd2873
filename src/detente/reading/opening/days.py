"""Full dates in what stands above an article, and in its address. No general reader of dates."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["DAY", "day_at_start", "day_in_url", "is_day"]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
#: a date with its year, without groups, to be put into other patterns
DAY = (
    rf"(?:(?:[Tt]he )?\b\d{{1,2}}{_ORDINAL}(?: of)? {_MONTH},? \d{{4}}\b"
    rf"|\b{_MONTH} \d{{1,2}}{_ORDINAL},? \d{{4}}\b|\b\d{{4}}-\d\d-\d\d(?!\d))"
)
_PARTS = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<d>\d{{1,2}}){_ORDINAL}(?: of)? (?P<m>{_MONTH}),? "
    rf"(?P<y>\d{{4}})"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}){_ORDINAL},? (?P<y2>\d{{4}})",
    re.IGNORECASE,
)
_IN_URL = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<between>[/_.-]?)(?P<m>\d\d?)(?P=between)(?P<d>\d\d?)(?!\d)"
)
_MONTH_IN_URL = re.compile(rf"/(?P<y>(?:19|20)\d\d)/(?P<m>{_MONTH})/(?P<d>\d\d?)(?!\d)", re.I)


def is_day(text: str) -> bool:
    """Tell whether a text is a day as the record writes one: ``2021-10-30``."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)) and _day(*text.split("-")) == text


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def day_at_start(text: str) -> str | None:
    """Return the day that a text begins with, such as that of ``October 30, 2021, 9:00``."""
    found = _PARTS.search(text[:200])
    if not found:
        return None
    if found["iso"]:
        return _day(*found["iso"].split("-"))
    year, month, day = (found[k] or found[k + "2"] for k in "ymd")
    return _day(year, str(_MONTHS.index(month[:3].lower()) + 1), day)


def day_in_url(url: str) -> str | None:
    """Return the day that an address names: ``https://site/2021/10/30/talks``."""
    path = re.sub(r"^https?://[^/]*", "", url[:2000])
    for found in _IN_URL.finditer(path):
        # without strokes between, only eight digits are a date
        if found["between"] or len(found[0]) == 8:
            day = _day(found["y"], found["m"], found["d"])
            if day:
                return day
    named = _MONTH_IN_URL.search(path)
    if named:
        return _day(named["y"], str(_MONTHS.index(named["m"][:3].lower()) + 1), named["d"])
    return None
