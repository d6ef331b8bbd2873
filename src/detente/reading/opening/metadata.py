"""What a web page says about itself in its head: meta tags, JSON-LD, times that are marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from detente.reading.opening.days import day_in_url, is_day
from detente.reading.opening.opened import Opened

__all__ = ["read_metadata"]

_DATES = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate",
    "parsely-pub-date", "sailthru.date", "dcterms.issued", "dcterms.created", "dc.date.issued",
    "dc.date", "dcterms.date", "citation_publication_date", "citation_date", "date",
    "publication_date", "publish-date", "article.published", "rnews:datepublished",
)  # fmt: skip
_NAMES = {
    "title": ("og:title", "citation_title", "dc.title", "headline", "twitter:title"),
    "author": ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author",
               "citation_author", "byl", "og:article:author"),
    "publisher": ("og:site_name", "dc.publisher", "publisher", "application-name"),
    "url": ("og:url", "twitter:url"),
}  # fmt: skip
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")
_DAY = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)(?!\d)|(\d{4})(\d\d)(\d\d)(?!\d)")
#: a page describes itself in less than this
_MOST = 1_000_000
_MANY = 400


def read_metadata(opened: Opened, tree: Any) -> None:
    """Note what the page states about itself.

    Parameters
    ----------
    opened : Opened
        The facts are noted in it.
    tree : lxml element
        The page.
    """
    meta: dict[str, str] = {}
    for one in tree.iter("meta"):
        key = one.get("property") or one.get("name") or one.get("itemprop") or ""
        meta.setdefault(key.strip().lower(), (one.get("content") or "")[:2000])
    entries = [one for one in _entries(tree) if _ARTICLE.search(_kind(one))]
    # of several, the one that describes an article, not the page around it
    entries.sort(key=lambda one: _kind(one).endswith("WebPage"))
    for entry in entries:
        opened.note("published", _day(entry.get("datePublished")), "given")
        opened.note("title", _word(entry.get("headline")), "given")
        opened.note("author", _author(entry.get("author")), "given")
        opened.note("publisher", _word(entry.get("publisher")), "given")
    for name in _DATES:
        opened.note("published", _day(meta.get(name)), "given")
    for what, names in _NAMES.items():
        for name in names:
            value = meta.get(name, "")
            # an address where a name should be: the profile of the author
            if not value.startswith("http") or what == "url":
                opened.note(what, value.lstrip("@"), "given")
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "") and (link.get("href") or "").startswith("http"):
            opened.note("url", link.get("href"), "given")
    for time in _times(tree):
        opened.note("published", _day(time.get("datetime") or time.get("content")), "given")
    opened.note("published", day_in_url(opened.facts.get("url", "")), "from-url")


def _times(tree: Any) -> Iterator[Any]:
    """Yield the marked times, those marked as the day of publication first."""
    times = [one for _, one in zip(range(_MANY), tree.iter("time"), strict=False)]
    yield from (one for one in times if "publish" in " ".join(one.values()).lower()
                or one.get("pubdate") is not None)  # fmt: skip
    # elsewhere a time belongs to another story, or to a comment
    inside = [one for one in times if _first_article(one)]
    yield from (
        (inside or times)[:1] if len({one.get("datetime") for one in times}) == 1 or inside else ()
    )


def _first_article(time: Any) -> bool:
    above = [one.tag for one in time.iterancestors()]
    return ("article" in above or "main" in above) and "aside" not in above


def _entries(tree: Any) -> Iterator[dict[str, Any]]:
    left = _MOST
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > left:
            continue
        left -= len(text)
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        stack = [found]
        for _ in range(_MANY):
            if not stack:
                break
            one = stack.pop(0)
            if isinstance(one, list):
                stack.extend(one)
            elif isinstance(one, dict):
                yield one
                stack.append(one.get("@graph"))


def _kind(entry: dict[str, Any]) -> str:
    kind = entry.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind)


def _word(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _author(value: object) -> str | None:
    many = value if isinstance(value, list) else [value]
    names = [name for one in many[:20] if (name := _word(one)) and not name.startswith("http")]
    return ", ".join(names) or None


def _day(value: object) -> str | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    day = "-".join(one for one in found.groups() if one) if found else ""
    return day if is_day(day) else None
