"""Where in the text of a record file a new entry of each section goes.

The places are those of the parser; nothing of the text is written anew. An entry goes after the
last line of its section: after the last value and its comment, and after comments that are
indented as the section's own, but before those that lead the section that follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

__all__ = ["End", "Ends"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_BLANK = re.compile(r"(?:^|\n|\r)[ \t]*(?:\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class End:
    """Where the next entry of a section goes, and how the section is written.

    Attributes
    ----------
    at : int
        Index of the text: the start of a line, or its end.
    indent : int
        The column of the ids, from 0.
    step : int
        How much further the keys of an entry are indented.
    apart : bool
        Whether a blank line goes before the entry.
    """

    at: int
    indent: int
    step: int
    apart: bool


@dataclass(slots=True)
class _Open:
    """A collection that was not left yet: its event, and how many nodes it holds so far."""

    event: Any
    nodes: int = 0


@dataclass
class Ends:
    """The ends of a file's sections.

    Attributes
    ----------
    sections : mapping of str to End
        Of each section that can take another entry.
    refused : mapping of str to str
        Of each other, in what form it is written.
    indent : int
        The column of the sections.
    at : int
        Where a new section goes.
    apart : bool
        Whether a blank line may go before a new section.
    flow : bool
        Whether the whole file is written in braces, so that it can take nothing.
    """

    text: str
    sections: dict[str, End] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    indent: int = 0
    at: int = 0
    apart: bool = True
    flow: bool = False

    _stack: list[_Open] = field(default_factory=list, repr=False)
    _section: str = field(default="", repr=False)
    _ids: list[int] = field(default_factory=list, repr=False)
    _step: int = field(default=0, repr=False)
    #: where the last value ended, and whether a blank line after it would be part of it
    _last: int = field(default=0, repr=False)
    _keeps: bool = field(default=False, repr=False)

    @classmethod
    def of(cls, text: str) -> Ends:
        """Find the ends of the sections of a text that is YAML."""
        ends = cls(text, at=len(text))
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            ends._take(event)
        ends.apart = not ends._keeps
        return ends

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            done = self._stack.pop().event
            if done.flow_style:
                self._last, self._keeps = _end(event), False
            elif len(self._stack) == 1 and isinstance(done, yaml.MappingStartEvent):
                self._close()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
            if isinstance(event, yaml.CollectionStartEvent):
                self._stack.append(_Open(event))
            else:
                self._leaf(event)
        elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
            self.at = _start(event)

    def _node(self, event: Any) -> None:
        depth = len(self._stack)
        if depth == 0:
            self.flow = bool(getattr(event, "flow_style", False))
            return
        parent = self._stack[-1]
        key = isinstance(parent.event, yaml.MappingStartEvent) and parent.nodes % 2 == 0
        parent.nodes += 1
        if depth == 1 and key:
            if parent.nodes == 1:
                self.indent = event.start_mark.column
            self._section, self._ids, self._step = getattr(event, "value", ""), [], 0
        elif depth == 1:
            self._value(event)
        elif depth == 2 and key:
            self._ids.append(event.start_mark.index)
        elif depth == 3 and key and parent.nodes == 1 and not parent.event.flow_style:
            step = event.start_mark.column - self._column(self._ids[-1]) if self._ids else 0
            self._step = step if step > 0 else self._step

    def _value(self, event: Any) -> None:
        """Take what a section holds."""
        if isinstance(event, yaml.AliasEvent):
            self.refused[self._section] = f"an alias, *{event.anchor}"
        elif isinstance(event, yaml.ScalarEvent):
            if event.value or event.style:
                self.refused[self._section] = "a single value"
            else:
                end = self._after(_end(event))
                self.sections[self._section] = End(end, self.indent + 2, 2, apart=True)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.refused[self._section] = "a list"
        elif event.flow_style:
            self.refused[self._section] = "in braces"

    def _leaf(self, event: Any) -> None:
        self._last, self._keeps = event.end_mark.index, False
        if getattr(event, "style", None) in ("|", ">"):
            # blank lines below belong to the text only where its header says "+"
            start = event.start_mark.index
            header = _LINE.match(self.text, start)
            assert header is not None
            self._keeps = "+" in header.group().partition("#")[0]
            if not self._keeps:
                self._last = start + len(self.text[start : self._last].rstrip(" \t\r\n"))

    def _close(self) -> None:
        """Note the end of a section in block style."""
        if not self._ids:
            return
        first = self._column(self._ids[0])
        between = self.text[self._ids[-2] : self._ids[-1]] if len(self._ids) > 1 else None
        apart = bool(self._step) if between is None else _BLANK.search(between) is not None
        end = self._after(self._last)
        step = self._step or max(2, first - self.indent)
        self.sections[self._section] = End(end, first, step, apart and not self._keeps)

    def _column(self, index: int) -> int:
        return index - max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) - 1

    def _after(self, index: int) -> int:
        """Return the start of the line after an index, and after indented comments below it."""
        at = scan = self._line_end(index)
        while scan < len(self.text):
            found = _LINE.match(self.text, scan)
            assert found is not None
            line = found.group()
            bare = line.strip(" \t\r\n")
            scan = found.end()
            if bare.startswith("#") and len(line) - len(line.lstrip(" \t")) > self.indent:
                at = scan
            elif bare:
                break
        return at

    def _line_end(self, index: int) -> int:
        if index and self.text[index - 1] in "\r\n" and self._keeps:
            return index
        found = _LINE.match(self.text, index)
        return index if found is None else found.end()


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _end(event: Any) -> int:
    return int(event.end_mark.index)
