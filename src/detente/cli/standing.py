"""``detente standing``: how things stood on a date."""

from __future__ import annotations

from detente.cli.screen import Flag, PathOrDash, show, show_json
from detente.cli.tables import show_table, table_asked
from detente.errors import DetenteError, Problem
from detente.report.data.standing import standing_data
from detente.report.screen.standing import standing_screen
from detente.study import open_record

__all__ = ["standing"]


def standing(
    path: PathOrDash,
    /,
    *,
    on: str | None = None,
    known_by: str | None = None,
    viewpoint: str | None = None,
    table: str | None = None,
    csv: Flag = False,
    json: Flag = False,
) -> int:
    """How did things stand on a date: agreements, measures, commitments, demands and clocks?

    Without a viewpoint all accounts stand side by side, and no side is picked.

    Parameters
    ----------
    path
        A dossier folder, a record file, a catalog slug, or - for standard input.
    on
        The date; by default the one the dossier is for.
    known_by
        Leave out what was first said later than this date.
    viewpoint
        Whose accounts count: the id of an actor, several with commas, and with @DATE as they held
        them on that date.
    table
        Show one table only: agreements, parties, milestones, measures, commitments, demands,
        offers, clocks, due, offices, contested or accounts.
    csv
        Print the table as CSV; by default that of agreements.
    json
        Print one JSON object.
    """
    alone = table_asked(table, csv=csv, json=json)
    record = open_record(path)
    day = on or record.as_of_default
    if day is None:
        raise DetenteError(Problem("bad-usage", f"{path} is for no day of its own: add --on DATE"))
    found = record.as_of(day, known_by=known_by, viewpoint=viewpoint)
    if alone:
        show_table(found, table, csv=csv)
    elif json:
        show_json(standing_data(found))
    else:
        show(standing_screen(found))
    return 0
