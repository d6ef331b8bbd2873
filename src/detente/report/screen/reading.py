"""What was found in an article, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.reading.against import Comparison
from detente.reading.drafts import Draft
from detente.reading.found import Kind
from detente.reading.read import Reading
from detente.record import Record
from detente.report.sentences.reading import (
    actors_of,
    found_line,
    head_lines,
    manner_lines,
    odds_section,
    open_lines,
    reading_sections,
    reporter_line,
)
from detente.report.sentences.standing import Entered, EnteredSection

__all__ = ["reading_screen"]

#: how wide the columns of paragraphs and of dates are at least
_PLACE, _DATE = 4, 10
#: a section of more entries is cut on a screen; a file or JSON holds all
_MOST = 300
_KINDS = frozenset(get_args(Kind))


def reading_screen(
    reading: Reading,
    *,
    comparisons: Sequence[Comparison] = (),
    drafts: Sequence[Draft] = (),
    record: Record | None = None,
    dossier: str | None = None,
    go_on: Sequence[str] = (),
) -> RenderableType:
    """Return what was found, what is at odds with the record first.

    Parameters
    ----------
    reading : Reading
    comparisons : sequence of Comparison
        Of the article with the record.
    drafts : sequence of Draft
    record : Record, optional
    dossier : str, optional
        The record as it was named.
    go_on : sequence of str
        How to go on, a line each.
    """
    parts: list[RenderableType] = [_head(reading, record, dossier, drafts)]
    odds = odds_section(comparisons, record)
    if odds.entries:
        parts += [_title(odds.title, "red"), _section(odds)]
    told = False
    for one in reading_sections(reading):
        if one.id in _KINDS and not told:
            parts.append(Text(f"\n{reporter_line(reading)}", "dim"))
            told = True
        parts += [_title(one.title), _section(one)]
    if actors_of(reading):
        parts += [_title("Actors"), _actors(reading)]
    for title, lines in (
        ("Manner", manner_lines(reading)),
        ("Left open", open_lines(reading)),
        ("Go on", go_on),
    ):
        if lines:
            parts += [_title(title), *map(Text, lines)]
    return Group(*parts)


def _title(title: str, style: str = "") -> Padding:
    return Padding(Text(title, f"bold {style}".strip()), (1, 0, 0, 0))


def _head(
    reading: Reading, record: Record | None, dossier: str | None, drafts: Sequence[Draft]
) -> Text:
    article = reading.article
    head = Text(" ".join((article.title or article.name).split()), "bold")
    for line in head_lines(reading, record, dossier):
        head.append(f"\n{line}", "not bold dim")
    return head.append(f"\n{found_line(reading, drafts)}", "not bold")


def _section(section: EnteredSection) -> Table:
    """Return a section: the paragraph, a date where the kind has one, and what was found there."""
    dated = any(one.state for one in section.entries)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True, min_width=_PLACE)
    if dated:
        table.add_column(no_wrap=True, min_width=_DATE)
    table.add_column(ratio=1)
    for one in section.entries[:_MOST]:
        state = [one.state] if dated else []
        table.add_row(one.id, *state, _told(one))
        for note in one.notes:
            text = Text(note.text).append(f" {note.aside}" if note.aside else "", "dim")
            table.add_row("", *[""] * dated, text)
    more = len(section.entries) - _MOST
    if more > 0:
        table.add_row("", *[""] * dated, Text(f"... and {more:,} more; --json has all", "dim"))
    return table


def _told(one: Entered) -> Text:
    if one.who and not one.what:
        # whose all that follows is
        return Text(one.who, "italic")
    text = Text.assemble((f"{one.who}: ", "dim"), one.what) if one.who else Text(one.what)
    return text.append(f" {one.aside}", "dim") if one.aside else text


def _actors(reading: Reading) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True, min_width=_PLACE)
    table.add_column(ratio=1)
    actors = actors_of(reading)
    for label, known in (("known", True), ("new", False)):
        told = Text()
        for one in actors:
            if (one.first.actor is not None) is known:
                told.append(", " if told else "").append(one.first.name)
                if one.first.actor is not None:
                    told.append(f" [{one.first.actor}]", "dim")
                told.append(f" {one.mentions}" if one.mentions > 1 else "", "dim")
        if told:
            table.add_row(label, told)
    return table
