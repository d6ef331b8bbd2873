"""A YAML file as a tree of nodes that remember line and column.

Scalars stay text (YAML 1.2: ``NO``, ``on`` and dates are text); what reads the tree decides where
a number is meant. The tree is built from parser events on a stack of its own, so that no depth of
nesting can exhaust Python's.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import yaml

from detente.document.files import MAX_BYTES, read_text
from detente.errors import DetenteError, Place, Problem, Problems

__all__ = ["Document", "ListNode", "MapNode", "Node", "Plain", "Scalar", "plain_of"]

MAX_DEPTH = 40
MAX_ALIASED = 100_000

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class Scalar:
    """A single value, as text; `plain` tells that it was written without quotes."""

    place: Place
    text: str
    plain: bool
    #: True where text and file agree character by character, so that columns can be counted on
    exact: bool = True
    size: ClassVar[int] = 1

    def within(self, offset: int) -> Place:
        """Return the place of a character of the text."""
        if not self.exact:
            return self.place
        return self.place.right(offset + (0 if self.plain else 1))


@dataclass(slots=True)
class ListNode:
    """A list of nodes."""

    place: Place
    items: list[Node]
    size: int = 1


@dataclass(slots=True)
class MapNode:
    """A mapping with text keys; `keys` holds the place of each."""

    place: Place
    items: dict[str, Node]
    keys: dict[str, Place]
    size: int = 1


Node: TypeAlias = "Scalar | ListNode | MapNode"


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen yet."""

    node: ListNode | MapNode
    anchor: str | None
    key: Scalar | None = None


@dataclass(frozen=True)
class Document:
    """A YAML text with the place of every value.

    Attributes
    ----------
    name : str
        What the file is called in messages.
    root : Node
        The tree.
    """

    name: str
    root: Node = field(repr=False)

    @classmethod
    def parse(
        cls, text: str, name: str = "<text>", *, problems: Problems | None = None
    ) -> Document:
        """Parse one YAML document.

        Parameters
        ----------
        text, name : str
        problems : Problems, optional
            Takes note of duplicate keys, of which the first counts, so that reading goes on.

        Raises
        ------
        DetenteError
            With the first place where the text is no YAML, and every duplicate key unless
            `problems` takes note of them.
        """
        if not text.strip():
            raise DetenteError(Problem("empty-file", f"{name} is empty", Place(name)))
        builder = _Builder(name)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            try:
                builder.build(text, loader)
            except yaml.MarkedYAMLError as error:
                if "nesting depth" not in str(error.problem):
                    raise
                # libyaml looks ahead and, from 0.2.6 on, gives up at its own depth before it has
                # told of ours; the loader in Python tells event by event
                builder = _Builder(name)
                builder.build(text, yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
            what = " ".join(part for part in (error.context, error.problem) if part)
            builder.problems.add("bad-yaml", what or "not YAML", place)
        except yaml.YAMLError as error:
            builder.problems.add("bad-yaml", str(error).split("\n")[0], Place(name))
        if problems is None or builder.problems.codes - {"duplicate-key"}:
            builder.problems.raise_if_any()
        else:
            problems.extend(builder.problems.found)
        if builder.root is None:
            raise DetenteError(Problem("empty-file", f"{name} holds only comments", Place(name)))
        return cls(name, builder.root)

    @classmethod
    def read(cls, path: Path | str, *, limit: int = MAX_BYTES) -> Document:
        """Read and parse a file of at most `limit` bytes, or standard input for ``-``."""
        text = read_text(path, limit=limit)
        return cls.parse(text, "<stdin>" if str(path) == "-" else str(path))

    def plain(self) -> Plain:
        """Return the tree as dicts, lists and text, with None for an empty value."""
        return plain_of(self.root)

    def node(self, *path: str | int) -> Node | None:
        """Return the node at a path of keys and indices, or None."""
        node: Node | None = self.root
        for step in path:
            if isinstance(node, MapNode):
                node = node.items.get(str(step))
            elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def nearest(self, *path: str | int) -> Node:
        """Return the node at a path, or the nearest one above it, as in a short form."""
        for end in range(len(path), 0, -1):
            node = self.node(*path[:end])
            if node is not None:
                return node
        return self.root

    def place(self, *path: str | int) -> Place:
        """Return the place of the value at a path, or of the nearest node above it."""
        return self.nearest(*path).place

    def key_place(self, *path: str | int) -> Place:
        """Return the place of the last key of a path, or of the nearest node above it."""
        parent = self.node(*path[:-1])
        if path and isinstance(parent, MapNode) and str(path[-1]) in parent.keys:
            return parent.keys[str(path[-1])]
        return self.place(*path)


def plain_of(node: Node) -> Plain:
    """Return a tree as dicts, lists and text, with None for an empty value."""
    match node:
        case Scalar():
            return None if node.plain and node.text in _NULL else node.text
        case ListNode():
            return [plain_of(item) for item in node.items]
        case MapNode():
            return {key: plain_of(value) for key, value in node.items.items()}


class _Builder:
    """Builds the tree from parser events."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems = Problems()
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._aliased = 0
        self._documents = 0

    def build(self, text: str, loader: Any) -> None:
        """Take all events of a text."""
        take = self.take
        for event in yaml.parse(text, Loader=loader):
            take(event)

    def take(self, event: yaml.Event) -> None:
        """Take one event."""
        start = event.start_mark
        assert start is not None
        place = Place(self.name, start.line + 1, start.column + 1)
        # nearly all events are scalars, so they are asked for first
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(_Open(ListNode(place, []), event.anchor))
        elif isinstance(event, yaml.MappingStartEvent):
            self._start(_Open(MapNode(place, {}, {}), event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            if done.anchor:
                self._anchors[done.anchor] = done.node
            self._attach(done.node)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, place)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._stop("bad-yaml", "a second document starts after ---", place)

    def _stop(self, code: str, what: str, place: Place) -> None:
        self.problems.add(code, what, place)
        raise DetenteError(self.problems.sorted())

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        end = event.end_mark
        assert end is not None
        text, plain = event.value, not event.style
        length = end.column + 1 - place.column
        exact = place.line == end.line + 1 and length == len(text) + (0 if plain else 2)
        node = Scalar(place, text, plain, exact)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._attach(node)

    def _start(self, opened: _Open) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._stop("nested-too-deep", f"level {MAX_DEPTH + 1} opens here", opened.node.place)
        self._open.append(opened)

    def _alias(self, event: yaml.AliasEvent, place: Place) -> None:
        target = self._anchors.get(event.anchor or "")
        if target is None:
            self._stop("bad-yaml", f"*{event.anchor} names no finished anchor", place)
            return
        self._aliased += target.size
        if self._aliased > MAX_ALIASED:
            self._stop("alias-too-large", f"*{event.anchor} repeats {target.size} values", place)
        self._attach(target)

    def _attach(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.node.size += node.size
        if isinstance(parent.node, ListNode):
            parent.node.items.append(node)
            return
        if parent.key is None:
            if not isinstance(node, Scalar):
                self._stop("bad-yaml", "a key is a list or a mapping", node.place)
                return
            parent.key = node
            return
        key, parent.key = parent.key, None
        name = sys.intern(key.text)
        first = parent.node.keys.get(name)
        if first is not None:
            what = f"{name!r} stands already in line {first.line}"
            self.problems.add("duplicate-key", what, key.place)
            return
        parent.node.items[name] = node
        parent.node.keys[name] = key.place
