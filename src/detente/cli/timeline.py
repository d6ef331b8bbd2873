"""``detente timeline``: the record in the order of time."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.screen import Flag, PathOrDash, show, show_json
from detente.cli.tables import show_table, table_asked
from detente.record import timeline as items_of
from detente.report.data.standing import timeline_data
from detente.report.screen.standing import timeline_screen
from detente.study import open_record

__all__ = ["timeline"]


def timeline(
    path: PathOrDash,
    /,
    *,
    start: Annotated[str | None, Parameter(name="--from")] = None,
    end: Annotated[str | None, Parameter(name="--to")] = None,
    actor: str | None = None,
    kind: str | None = None,
    known_by: str | None = None,
    table: str | None = None,
    csv: Flag = False,
    json: Flag = False,
) -> int:
    """Show what happened, was said, seen or put in force, in the order of time.

    Parameters
    ----------
    path
        A dossier folder, a record file, a catalog slug, or - for standard input.
    start
        Leave out what ended before this date.
    end
        Leave out what began after this date.
    actor
        Only what this actor, its groups or its members did, said, owe or hold.
    kind
        Only event, statement, observation, measure, milestone, commitment or mechanism.
    known_by
        Leave out what was first said later than this date.
    table
        Show it as a table; there is one, timeline.
    csv
        Print the table as CSV.
    json
        Print one JSON object.
    """
    alone = table_asked(table, csv=csv, json=json)
    record = open_record(path)
    items = items_of(record, start=start, end=end, actor=actor, kind=kind, known_by=known_by)
    if alone:
        show_table(items, table, csv=csv)
    elif json:
        show_json(timeline_data(items))
    else:
        show(timeline_screen(record, items))
    return 0
