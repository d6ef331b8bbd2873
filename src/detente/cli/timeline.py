"""``detente timeline``: the record in the order of time."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente.cli.screen import Flag, PathOrDash, show, show_json
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
    json
        Print one JSON object.
    """
    record = open_record(path)
    items = items_of(record, start=start, end=end, actor=actor, kind=kind)
    if json:
        show_json(timeline_data(items))
    else:
        show(timeline_screen(record, items))
    return 0
