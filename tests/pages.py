"""A page read back by the parser of the standard library, and the dossiers pages are made from.

Nothing of the package has a part in the reading: a tree of elements, its links, its words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

__all__ = ["Element", "anchored", "linked_to", "quoted", "read_page", "section", "shape", "written"]

#: what stands in a line of text; all else begins a line of its own
INLINE = frozenset(["a", "b", "code", "em", "i", "small", "span"])
VOID = frozenset(["base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"])


@dataclass(eq=False, repr=False)
class Element:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}>"

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element]:
        """Yield this element and all inside it, in the order of the page."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [child for child in reversed(one.children) if isinstance(child, Element)]

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.walk() if one.tag in tags]

    def only(self, tag: str) -> Element:
        (found,) = self.all(tag)
        return found

    def above(self) -> Iterator[Element]:
        """Yield this element and what it stands in, from the inside out."""
        one: Element | None = self
        while one is not None:
            yield one
            one = one.parent

    def inside(self, *tags: str) -> bool:
        return any(one.tag in tags for one in self.above())

    def texts(self) -> Iterator[tuple[str, Element]]:
        """Yield every text that is shown, with the element that it stands in."""
        for one in self.walk():
            if one.tag not in ("style", "title", "desc"):
                yield from ((child, one) for child in one.children if isinstance(child, str))

    @property
    def text(self) -> str:
        """All text inside, white space as it is shown."""
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
            elif one.tag not in ("style", "title", "desc"):
                edge = [] if one.tag in INLINE else [" "]
                waiting += [*edge, *reversed(one.children), *edge]
        return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    """Builds the tree; only a list item may leave out its end, as HTML allows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li" and self.open.tag == "li":
            self._close()
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        self._add(Element(tag, {name: value or "" for name, value in attrs}, parent=self.open))
        if tag not in VOID:
            last = self.open.children[-1]
            assert isinstance(last, Element)
            self.open = last

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        if self.open.tag == "li" and tag in ("ul", "ol"):
            self._close()
        assert self.open.tag == tag, f"</{tag}> in <{self.open.tag}>"
        self._close()

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:80]}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data[:80]}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data[:80]}")

    def _add(self, child: Element | str) -> None:
        self.open.children.append(child)

    def _close(self) -> None:
        assert self.open.parent is not None
        self.open = self.open.parent


def read_page(html: str) -> Element:
    """Return a page as a tree; every element must be closed where it belongs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open is reader.root, f"<{reader.open.tag}> is never closed"
    assert html.startswith("<!doctype html>\n<html lang=")
    return reader.root.only("html")


def anchored(page: Element) -> dict[str, Element]:
    """Return the places one can go to, by id; no id stands twice."""
    places = [one for one in page.walk() if "id" in one.attributes]
    twice = [id_ for id_, times in Counter(one["id"] for one in places).items() if times > 1]
    assert not twice, twice
    return {one["id"]: one for one in places}


def linked_to(where: Element) -> set[str]:
    """Return the ids that links inside an element lead to."""
    return {one["href"][1:] for one in where.all("a") if one["href"].startswith("#")}


def section(page: Element, id_: str) -> Element:
    (found,) = [one for one in page.all("section") if one.get("id") == id_]
    return found


def shape(page: Element) -> Counter[tuple[str, tuple[str, ...]]]:
    """Return how often each kind of element stands outside pictures: tag and attribute names.

    How wide a column is hangs on how long its texts are when they are escaped, so a class is no
    part of the kind of a cell.
    """
    return Counter(
        (one.tag, tuple(sorted(set(one.attributes) - ({"class"} if one.tag == "td" else set()))))
        for one in page.walk()
        if not one.inside("svg")
    )


# -- dossiers ------------------------------------------------------------------------------------

#: what YAML takes only as an escape
_ESCAPED = re.compile(
    "[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def quoted(value: Any) -> str:
    """Return a value as YAML that says the same, whatever its texts hold and however long."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"? {quoted(k)} : {quoted(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(quoted, value)) + "]"
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def written(folder: Path, *, model: Any = None, record: Any = None, title: str = "") -> Path:
    """Write a dossier and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if model is not None:
        (folder / "model.yaml").write_text(quoted(model), encoding="utf-8")
    if record is not None:
        (folder / "record").mkdir(exist_ok=True)
        (folder / "record" / "all.yaml").write_text(quoted(record), encoding="utf-8")
        head = {"title": title or "A made dossier", "as_of": "2021-06-01"}
        (folder / "dossier.yaml").write_text(quoted(head), encoding="utf-8")
    return folder
