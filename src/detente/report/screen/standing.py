"""How things stood, and a timeline, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.record import Record, Standing
from detente.record.timeline import Item
from detente.report.sentences.phrases import count
from detente.report.sentences.standing import (
    Entered,
    EnteredSection,
    Names,
    standing_line,
    standing_sections,
)
from detente.report.sentences.timeline import timeline_entries

__all__ = ["standing_screen", "timeline_screen"]

_STYLES = {
    "in force": "bold", "exceeded": "bold", "not performed": "bold", "contested": "yellow",
    "not in force": "dim", "ended": "dim", "not begun": "dim", "unknown": "dim",
}  # fmt: skip

#: how wide the columns of ids and of states are at least
_ID, _STATE, _DATE = 4, 12, 10


def standing_screen(standing: Standing) -> RenderableType:
    """Return how things stood, section by section; what is contested shows every account."""
    names = Names(standing.record)
    line = standing_line(names, standing)
    parts: list[RenderableType] = [Text.assemble((standing.record.title, "bold"), f"\n{line}")]
    for one in standing_sections(names, standing):
        parts += [Padding(Text(one.title, "bold"), (1, 0, 0, 0)), _section(one)]
    rest = count(len(standing.offices), "office")
    parts.append(Text(f"\n{rest} held, and all that falls due: --json", "dim"))
    return Group(*parts)


def _table(*widths: int | None) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for width in widths:
        table.add_column(no_wrap=width is not None, min_width=width, ratio=None if width else 1)
    return table


def _section(section: EnteredSection) -> Table:
    if section.id == "due":
        table = _table(_DATE, None)
        for one in section.entries:
            table.add_row(one.state, Text.assemble(f"{one.what} ", (one.id, "dim")))
        return table
    stated = section.id != "contested"
    table = _table(_ID, _STATE, None) if stated else _table(_ID, None)
    for one in section.entries:
        state = [Text(one.state, _STYLES.get(one.state, ""))] if stated else []
        table.add_row(one.id, *state, _told(one))
        for note in one.notes:
            about = [Text(note.about, _STYLES.get(note.about, ""))] if stated else []
            text = Text(note.text)
            if note.aside:
                text.append(f" {note.aside}" if note.text else note.aside, "dim")
            table.add_row("", *about, text)
    return table


def _told(one: Entered) -> Text:
    text = Text.assemble((f"{one.who}: ", "dim"), one.what) if one.who else Text(one.what)
    return text.append(f" {one.aside}", "dim") if one.aside else text


def timeline_screen(record: Record, items: Sequence[Item]) -> RenderableType:
    """Return a timeline; what is contested or at odds with the record says so."""
    table = _table(_DATE, _ID, None)
    for one in timeline_entries(Names(record), items):
        text = _told(one)
        for note in one.notes:
            text.append(f"\n{note.text}", "" if note.text.startswith(" ") else "yellow")
        table.add_row(one.state, one.id, text)
    total = Text(f"\n{count(len(items), 'line')}", "dim")
    return Group(Text(record.title, "bold"), table, total)
