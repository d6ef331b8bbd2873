"""An article as it was opened: its text, what is known about it, and what is no content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.errors import Problem
from detente.reading.found import Span

__all__ = ["Article", "Format", "Known"]

Format = Literal["text", "html", "mail"]

#: how a title, author or date is known; the words are those of a source in the record
Known = Literal["given", "from-url", "inferred"]


@dataclass(frozen=True)
class Article:
    """A text to be read, and what is known about it.

    Attributes
    ----------
    name : str
        The path it was read from, ``<stdin>``, or what the caller named it.
    text : str
        A plain text exactly as decoded, its line ends kept; of a page or mail the text taken out
        of it. Every offset counts characters of this text.
    format : str
        ``text``, ``html`` or ``mail``.
    title, author, published, publisher, url : str or None
        None where it is not known. `published` is a day, ``2021-10-30``.
    known : mapping of str to str
        How each of these five is known, for those that are: ``given`` by the text or the user,
        ``from-url``, or ``inferred``.
    furniture : tuple of Span
        What is no content: menus, comment forms, earlier mails; sorted, apart from each other.
    language : str
        ``en``, ``other``, or ``unknown`` where the text is too short to tell.
    sha256 : str
        Of the bytes read; of a text given as `str`, of its UTF-8 form.
    problems : tuple of Problem
        Warnings: what of the text may have been read wrongly, or was not read.
    """

    name: str
    text: str
    format: Format = "text"
    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    known: Mapping[str, Known] = field(default_factory=dict)
    furniture: tuple[Span, ...] = ()
    language: str = "unknown"
    sha256: str = ""
    problems: tuple[Problem, ...] = ()
