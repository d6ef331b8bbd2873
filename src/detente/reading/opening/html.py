"""A web page: its article, without the menus around it, and what it says about itself."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from detente.errors import DetenteError, Place, Problem
from detente.reading.furniture import find_furniture
from detente.reading.opening.days import is_day
from detente.reading.opening.metadata import read_metadata
from detente.reading.opening.opened import Opened

__all__ = ["declared_encoding", "open_page"]

#: with more elements than this the search for the article takes too long; all text is taken then
_ELEMENTS = 20_000
#: a page nests no deeper than the parser reads
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MARK = re.compile(r"[\"“”„«»\u2018]")
_SPACE = re.compile(r"[^\S\xa0]+")
#: elements that begin a paragraph of their own
_BLOCKS = frozenset(
    [
        "p",
        "head",
        "quote",
        "list",
        "item",
        "table",
        "row",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "tr",
        "blockquote",
        "pre",
        "code",
        "body",
        "main",
        "dl",
        "dt",
        "dd",
        "header",
        "footer",
        "figure",
        "figcaption",
        "aside",
        "nav",
        "form",
        "hr",
        "td",
        "th",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "head",
    ]
)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page declares for itself."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def open_page(text: str, name: str) -> Opened:
    """Take the article out of a web page.

    Parameters
    ----------
    text : str
        The page in HTML.
    name : str
        Of the file, for the messages.

    Returns
    -------
    Opened
        Paragraphs of its text have a blank line between.

    Raises
    ------
    DetenteError
        If trafilatura is not installed, or there is no article in the page.
    """
    trafilatura, lxml = _libraries(name)
    opened = Opened(format="html")
    tree = _tree(lxml, _XML.sub("", _CONTROL.sub(" ", text), count=1))
    if tree is not None:
        with warnings.catch_warnings():
            # what libraries warn about each other is none of the user's business
            warnings.simplefilter("ignore")
            _mark_quotations(tree)
            read_metadata(opened, tree)
            small = sum(1 for _, _ in zip(range(_ELEMENTS + 1), tree.iter(), strict=False))
            if small <= _ELEMENTS:
                opened.text = _article(trafilatura, tree)
                _guesses(opened, trafilatura, tree)
            else:
                opened.text = "\n\n".join(_paragraphs(tree))
    if not re.search(r"[^\W_]", opened.text):
        what = f"no article was found in the page {name}; save its text as a .txt file"
        raise DetenteError(Problem("not-an-article", what, Place(name)))
    opened.furniture = find_furniture(opened.text)
    return opened


def _libraries(name: str) -> tuple[Any, Any]:
    try:
        trafilatura, lxml = import_module("trafilatura"), import_module("lxml.html")
    except ImportError as error:
        what = f"{name} is a web page, which needs trafilatura: pip install 'detente[text]'"
        missing = getattr(error, "name", None)
        what += "" if missing in (None, "trafilatura") else f" ({missing} is missing)"
        raise DetenteError(Problem("library-missing", what, Place(name))) from None
    # a page that cannot be read is told by an error here, not by lines in between
    for one in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(one).setLevel(logging.CRITICAL)
    return trafilatura, lxml


def _tree(lxml: Any, text: str) -> Any:
    try:
        parser = lxml.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return lxml.document_fromstring(text.encode(), parser=parser)
    except Exception:  # errors of the parser have no common class; what has no tree has no article
        return None


def _article(trafilatura: Any, tree: Any) -> str:
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, include_links=False
        )
    except Exception:  # it is known to trip over hostile pages
        found = None
    if found is None or found.body is None:
        return ""
    return "\n\n".join(_paragraphs(found.body))


def _guesses(opened: Opened, trafilatura: Any, tree: Any) -> None:
    """Note what the page does not state but seems to say."""
    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    try:
        guess = trafilatura.extract_metadata(tree, date_config=dates)
    except Exception:  # as above
        return
    heads = [" ".join(one.text_content().split()) for one in tree.iter("h1", "title")][:20]
    title = " ".join((guess.title or "").split())
    opened.note("title", title, "given" if title in heads else "inferred")
    opened.note("author", guess.author, "inferred")
    opened.note("publisher", guess.sitename, "inferred")
    opened.note("url", guess.url, "inferred")
    if guess.date and is_day(guess.date):
        opened.note("published", guess.date, "inferred")


def _mark_quotations(tree: Any) -> None:
    """Give the elements of quotations the marks that a reader sees or takes them for."""
    for one in list(tree.iter("q")):
        deep = sum(1 for above in one.iterancestors() if above.get("data-q"))
        opening, closing = "\u2018\u2019" if deep % 2 else "“”"
        one.tag = "span"
        one.set("data-q", "1")
        _put_before(one, opening)
        _put_after(one, closing)
    for one in list(tree.iter("blockquote")):
        if _MARK.search(one.text_content()) or any(one.iterancestors("blockquote")):
            continue
        inner = [p for p in one.iter("p") if p.text_content().strip()
                 and not any(p.iterancestors("footer", "cite"))] or [one]  # fmt: skip
        for paragraph in inner:
            _put_before(paragraph, "“")
        # marks open every paragraph and close the last, as printers do
        _put_after(inner[-1], "”")


def _put_before(element: Any, mark: str) -> None:
    element.text = mark + _clean(element.text).lstrip()


def _put_after(element: Any, mark: str) -> None:
    """Put a mark after the last words, before a name given under them."""
    named = next((one for one in element if one.tag in ("footer", "cite")), None)
    last = element[-1] if named is None and len(element) else None
    if named is not None:
        last, mark = named.getprevious(), f"{mark} "
    if last is None:
        element.text = _clean(element.text).rstrip() + mark
    else:
        last.tail = _clean(last.tail).rstrip() + mark


def _clean(text: str | None) -> str:
    """Return a text without the control characters that entities such as ``&#1;`` bring in."""
    return _CONTROL.sub(" ", text or "")


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the text of every block of a tree; a walk without recursion, for deep pages."""
    parts: list[str] = []
    done: list[str] = []

    def end() -> None:
        lines = (_SPACE.sub(" ", one).strip() for one in "".join(parts).split("\0"))
        whole = "\n".join(line for line in lines if line)
        if whole:
            done.append(whole)
        parts.clear()

    stack: list[tuple[Any, bool]] = [(body, True)]
    while stack:
        one, entering = stack.pop()
        tag = one.tag
        unseen = not isinstance(tag, str) or (tag in _UNSEEN and not one.get("rend"))
        if entering:
            if tag in _BLOCKS:
                end()
            elif tag in ("lb", "br"):
                parts.append("\0")
            elif tag in ("cell", "td", "th"):
                parts.append(" ")
            stack.append((one, False))
            if not unseen:
                parts.append(one.text or "")
                stack.extend((child, True) for child in reversed(one))
            continue
        if tag in _BLOCKS:
            end()
        if one is not body:
            parts.append(one.tail or "")
    end()
    yield from done
