"""An article is opened: a plain text, a web page or a saved mail, and what it says of itself."""

from __future__ import annotations

import hashlib
import re
import stat
import sys
from dataclasses import replace
from pathlib import Path

from detente.errors import DetenteError, Place, Problem
from detente.reading.article import Article
from detente.reading.furniture import find_furniture
from detente.reading.language import language_of
from detente.reading.opening.days import is_day
from detente.reading.opening.decode import MAX_BYTES, Decoded, control_warning, decode
from detente.reading.opening.head import read_head
from detente.reading.opening.html import declared_encoding, open_page
from detente.reading.opening.mail import open_mail
from detente.reading.opening.opened import Opened
from detente.reading.opening.sniff import format_of, refuse_binary

__all__ = ["article_of", "open_article"]

_PARAGRAPH_END = re.compile(r"(?:\r?\n|\r)[^\S\r\n]*(?:\r?\n|\r)")


def open_article(path: str, *, published: str | None = None) -> Article:
    """Open an article.

    Parameters
    ----------
    path : str
        A plain text, a web page or a saved mail; ``-`` for standard input.
    published : str, optional
        The day it was published, ``2021-10-30``; it goes before what the article says.

    Returns
    -------
    Article
        Of a text of more than 4 MiB the first 4 MiB, with a warning.

    Raises
    ------
    DetenteError
        If there is no such file, or it is no article that can be read.
    """
    name = "<stdin>" if path == "-" else path
    place = Place(name)
    size: int | None = None
    try:
        if path == "-":
            # when the shell closed standard input, Python has none
            data = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            file = Path(path)
            if file.is_dir():
                what = f"{name} is a directory; name the file of the article in it"
                raise DetenteError(Problem("not-an-article", what, place))
            with file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            state = file.stat()
            size = state.st_size if stat.S_ISREG(state.st_mode) else None
    except FileNotFoundError:
        raise DetenteError(Problem("no-such-path", f"there is no {name}", place)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DetenteError(Problem("unreadable", f"{name}: {reason}", place)) from None
    return _article(data, name, published, size)


def article_of(data: bytes | str, name: str, *, published: str | None = None) -> Article:
    """Open an article that is in memory already.

    Parameters
    ----------
    data : bytes or str
        What a file of it holds; a `str` is not decoded.
    name : str
        What to call it in messages; its ending is a hint what it is.
    published : str, optional
        The day it was published, ``2021-10-30``; it goes before what the article says.

    Raises
    ------
    DetenteError
        If it is no article that can be read.
    """
    return _article(data, name, published, len(data))


def _article(data: bytes | str, name: str, published: str | None, size: int | None) -> Article:
    place = Place(name)
    if published is not None and not is_day(published):
        what = f"{published!r} is no day; write it as 2021-10-30"
        raise DetenteError(Problem("bad-date", what, Place("--published")))
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    cut = len(data) > MAX_BYTES
    whole, data = data, data[:MAX_BYTES]
    if isinstance(data, bytes):
        refuse_binary(data, name)
        if cut and data == whole[: len(data)]:
            data = _without_half_a_character(data)
        read = decode(data, name, declared_encoding(data))
    else:
        text = data.removeprefix("\ufeff")
        read = Decoded(text, control_warning(text, name))
    if not read.text.strip("\ufeff\0 \t\r\n") or not read.text.strip():
        what = f"{name} is empty" if not data else f"{name} holds white space only"
        raise DetenteError(Problem("empty-article", what, place))
    article = _opened(read, data, name, cut=cut)
    warned = [*article.problems]
    if cut:
        warned.insert(0, _cut_short(name, size))
    content = _content(article)
    language = language_of(content)
    if language == "other":
        what = (
            "the text does not seem to be English, the language that detente reads; quotation "
            "marks, names of the dossier and dates in numbers are still found"
        )
        warned.append(Problem("other-language", what, place, severity="warning"))
    known = dict(article.known)
    if published is not None:
        known["published"] = "given"
    return replace(
        article,
        published=published or article.published,
        known=known,
        language=language,
        sha256=hashlib.sha256(raw[:MAX_BYTES] if cut else raw).hexdigest(),
        problems=tuple(warned),
    )


def _opened(read: Decoded, data: bytes | str, name: str, *, cut: bool) -> Article:
    """Take the text out of whatever it is, with what it says of itself."""
    form = format_of(read.text, name)
    opened: Opened | None = None
    if form == "mail":
        as_bytes = read.text.encode("utf-8", "replace") if isinstance(data, str) else data
        opened = open_mail(as_bytes, name)
    elif form == "html":
        opened = open_page(read.text, name)
        opened.problems.extend(read.problems)
    if opened is None:
        text = _to_last_paragraph(read.text) if cut else read.text
        opened = Opened(text, furniture=find_furniture(text), problems=list(read.problems))
        read_head(opened)
    return Article(
        name,
        opened.text,
        opened.format,
        **opened.facts,
        known=opened.known,
        furniture=opened.furniture,
        problems=tuple(opened.problems),
    )


def _without_half_a_character(data: bytes) -> bytes:
    """Drop the last bytes if they begin a character of UTF-8 that was cut."""
    for back in range(1, 4):
        byte = data[-back]
        if byte >= 0xC0:
            long = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            return data[:-back] if long > back else data
        if byte < 0x80:
            break
    return data


def _to_last_paragraph(text: str) -> str:
    """Return a text up to the end of its last whole paragraph, or else of a line or word."""
    tail = max(0, len(text) - MAX_BYTES // 2)
    ends = [found.start() for found in _PARAGRAPH_END.finditer(text, tail)]
    end = ends[-1] if ends else max(text.rfind("\n", tail), text.rfind(" ", tail))
    return text[:end] if end > 0 else text


def _cut_short(name: str, size: int | None) -> Problem:
    mib = 1024 * 1024
    left = (
        f"{(size - MAX_BYTES) / mib:.1f} of {size / mib:.1f} MiB were" if size else "the rest was"
    )
    what = f"only the first {MAX_BYTES // mib} MiB of {name} were read; {left} not: split the file"
    return Problem("cut-short", what, Place(name), severity="warning")


def _content(article: Article) -> str:
    """Return the text without its furniture."""
    parts, at = [], 0
    for span in article.furniture:
        parts.append(article.text[at : span.start])
        at = span.end
    return "\n".join((*parts, article.text[at:]))
