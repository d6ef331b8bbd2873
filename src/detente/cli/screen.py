"""Printing: data on standard output, talk and progress on standard error."""

from __future__ import annotations

import json
import sys
import threading
from types import TracebackType
from typing import Annotated, Any, Self, TypeAlias

from cyclopts import Parameter
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.segment import Segment, Segments
from rich.text import Text

from detente.report.tables import Table

__all__ = [
    "Bar",
    "Flag",
    "PathOrDash",
    "show",
    "show_csv",
    "show_json",
    "show_line",
    "talk",
    "width",
]

#: a switch that is off unless given
Flag: TypeAlias = Annotated[bool, Parameter(negative=(), show_default=False)]

#: a path, where - stands for standard input or output
PathOrDash: TypeAlias = Annotated[str, Parameter(allow_leading_hyphen=True)]

#: what a terminal would take for a command, wherever in a text of the user's it stands
_HARMLESS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code != 10
}

#: the same for what is read by programs first: texts keep their tabs
_HARMLESS_CSV = {code: sign for code, sign in _HARMLESS.items() if code != 9}

#: how many problems are told one by one
MOST_TOLD = 100

#: the bar appears only when the work takes longer than this, in seconds
BAR_AFTER = 2.0


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        # a pipe has no width of its own; 100 columns read well in a file
        console.width = 100
    return console


def width() -> int:
    """Return how many characters a line of standard output has."""
    return _console().width


def show(what: RenderableType) -> None:
    """Print an answer on standard output."""
    console = _console()
    safe = Segments(
        Segment(part.text.translate(_HARMLESS), part.style) for part in console.render(what)
    )
    if console.is_terminal:
        console.print(safe, end="")
        return
    with console.capture() as caught:
        console.print(safe, end="")
    # tables are padded to their width, which nobody wants in a file
    for line in caught.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def show_line(what: Text) -> None:
    """Print one line on standard output, however long, so that it can be searched and parsed."""
    _console().print(_harmless(what), soft_wrap=True)


def show_json(data: Any, *, indent: int | None = 2) -> None:
    """Print an answer as JSON on standard output; long ones are quicker without indent."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=indent) + "\n")


def show_csv(table: Table) -> None:
    """Print a table as CSV on standard output, in UTF-8 wherever no terminal reads it."""
    if hasattr(sys.stdout, "reconfigure") and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(table.to_csv().translate(_HARMLESS_CSV))


def talk(what: Text | str) -> None:
    """Print a remark or a problem on standard error."""
    _console(stderr=True).print(_harmless(what), soft_wrap=True)


def _harmless(what: Text | str) -> Text:
    """Return a line without what a terminal would take for a command."""
    text = what.copy() if isinstance(what, Text) else Text(what)
    # one character for one, so that the styles stay where they are
    text.plain = text.plain.translate(_HARMLESS)
    return text


class Bar:
    """A progress bar on standard error that shows itself only when work takes its time."""

    def __init__(self, label: str) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed} of {task.total}"),
            TimeElapsedColumn(),
            console=_console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(label, total=None)
        self._timer = threading.Timer(BAR_AFTER, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if self._progress.console.is_terminal:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._progress.live.is_started:
            self._progress.stop()

    def update(self, done: int, total: int) -> None:
        """Tell how many of how many steps are done."""
        self._progress.update(self._task, completed=done, total=total)
