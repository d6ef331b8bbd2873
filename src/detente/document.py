"""Texts the analyst wrote, with the place of every value, and texts written back whole.

`Document` is a YAML file as a tree of nodes that remember line and column. Scalars stay text
(YAML 1.2: ``NO``, ``on`` and dates are text); what reads the tree decides where a number is
meant. The tree is built from parser events on a stack of its own, so that no depth of nesting
can exhaust Python's.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from detente.errors import DetenteError, Place, Problem, Problems

__all__ = [
    "MAX_BYTES",
    "Document",
    "ListNode",
    "MapNode",
    "Node",
    "Plain",
    "Scalar",
    "read_text",
    "write_text",
]

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
MAX_ALIASED = 100_000

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_text(path: Path | str, *, limit: int = MAX_BYTES) -> str:
    """Read a file, or standard input for ``-``, as UTF-8 text.

    Raises
    ------
    DetenteError
        If there is no such file, or it cannot be read, is larger than `limit` bytes, or no text.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    place = Place(name)
    try:
        if str(path) == "-":
            # when the shell closed standard input, Python has none
            data = b"" if sys.stdin is None else sys.stdin.buffer.read(limit + 1)
        else:
            file = Path(path)
            if file.is_dir():
                raise DetenteError(Problem("not-a-dossier", f"{name} is a directory", place))
            with file.open("rb") as stream:
                data = stream.read(limit + 1)
    except FileNotFoundError:
        raise DetenteError(Problem("no-such-path", f"there is no {name}", place)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DetenteError(Problem("unreadable", f"{name}: {reason}", place)) from None
    if len(data) > limit:
        size = f"more than {limit // (1024 * 1024)} MiB"
        raise DetenteError(Problem("file-too-large", f"{name} holds {size}", place))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong, what = error.start, f"byte 0x{data[error.start]:02x} is not UTF-8"
    else:
        wrong, what = len(data), ""
    control = _CONTROL.search(data)
    if control and control.start() < wrong:
        wrong, what = control.start(), f"control character 0x{control.group()[0]:02x} found"
    if what:
        before = data[:wrong]
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        place = Place(name, before.count(b"\n") + 1, column)
        raise DetenteError(Problem("not-text", what, place))
    return text


def write_text(path: Path, text: str, *, replace: bool = False) -> None:
    """Write a text whole or not at all: to a temporary file beside it, then rename.

    Raises
    ------
    DetenteError
        If the file exists and `replace` is false, or the place cannot be written.
    """
    name = str(path)
    place = Place(name)
    try:
        # through a link the file it points to is written, and the link stays
        path = path.resolve()
        odd = path.exists() and not path.is_file()
    except (OSError, RuntimeError) as error:
        raise DetenteError(Problem("unwritable", f"{name}: {error}", place)) from None
    if odd:
        raise DetenteError(Problem("unwritable", f"{name} is no ordinary file", place))
    if path.exists() and not replace:
        raise DetenteError(Problem("would-overwrite", f"{name} exists", place))
    temporary: Path | None = None
    try:
        handle, beside = tempfile.mkstemp(prefix=".detente-", dir=path.parent)
        temporary = Path(beside)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file private; give it what an ordinary new file, or the old one, has
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise DetenteError(Problem("unwritable", f"{name}: {reason}", place)) from None


@dataclass(slots=True)
class Scalar:
    """A single value, as text; `plain` tells that it was written without quotes."""

    place: Place
    text: str
    plain: bool
    size: int = 1
    #: True where text and file agree character by character, so that columns can be counted on
    exact: bool = True

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


@dataclass
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
    def parse(cls, text: str, name: str = "<text>") -> Document:
        """Parse one YAML document.

        Raises
        ------
        DetenteError
            With every duplicate key, or the first place where the text is no YAML.
        """
        if not text.strip():
            raise DetenteError(Problem("empty-file", f"{name} is empty", Place(name)))
        builder = _Builder(name)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in yaml.parse(text, Loader=loader):
                builder.take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
            what = " ".join(part for part in (error.context, error.problem) if part)
            builder.problems.add("bad-yaml", what or "not YAML", place)
        except yaml.YAMLError as error:
            builder.problems.add("bad-yaml", str(error).split("\n")[0], Place(name))
        builder.problems.raise_if_any()
        if builder.root is None:
            raise DetenteError(Problem("empty-file", f"{name} holds only comments", Place(name)))
        return cls(name, builder.root)

    @classmethod
    def read(cls, path: Path | str) -> Document:
        """Read and parse a file, or standard input for ``-``."""
        return cls.parse(read_text(path), "<stdin>" if str(path) == "-" else str(path))

    def plain(self) -> Plain:
        """Return the tree as dicts, lists and text, with None for an empty value."""
        return _plain(self.root)

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


def _plain(node: Node) -> Plain:
    match node:
        case Scalar():
            return None if node.plain and node.text in _NULL else node.text
        case ListNode():
            return [_plain(item) for item in node.items]
        case MapNode():
            return {key: _plain(value) for key, value in node.items.items()}


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

    def take(self, event: yaml.Event) -> None:
        start = event.start_mark
        assert start is not None
        place = Place(self.name, start.line + 1, start.column + 1)
        match event:
            case yaml.ScalarEvent():
                self._scalar(event, place)
            case yaml.SequenceStartEvent():
                self._start(_Open(ListNode(place, []), event.anchor))
            case yaml.MappingStartEvent():
                self._start(_Open(MapNode(place, {}, {}), event.anchor))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                done = self._open.pop()
                if done.anchor:
                    self._anchors[done.anchor] = done.node
                self._attach(done.node)
            case yaml.AliasEvent():
                self._alias(event, place)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    self._stop("bad-yaml", "a second document starts after ---", place)

    def _stop(self, code: str, what: str, place: Place) -> None:
        self.problems.add(code, what, place)
        raise DetenteError(self.problems.sorted())

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        plain = event.style is None or event.style == ""
        length = end.column - start.column
        exact = start.line == end.line and length == len(event.value) + (0 if plain else 2)
        node = Scalar(place, event.value, plain, exact=exact)
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
        first = parent.node.keys.get(key.text)
        if first is not None:
            what = f"{key.text!r} stands already in line {first.line}"
            self.problems.add("duplicate-key", what, key.place)
            return
        parent.node.items[key.text] = node
        parent.node.keys[key.text] = key.place
