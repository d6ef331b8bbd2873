"""``detente replay``: how the answer moved as events unfolded."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from detente import study
from detente.cli.screen import Bar, Flag, PathOrDash, show, show_json, talk
from detente.cli.tables import refuse_together, show_table, table_asked
from detente.document import read_text, write_whole
from detente.errors import DetenteError, Place, Problem
from detente.report.data.replay import is_transcript, replay_data
from detente.report.screen.replay import replay_screen
from detente.report.screen.sections import section
from detente.report.sentences.transcripts import changes_section, transcript_changes
from detente.study import open_source

__all__ = ["replay"]

#: a transcript is small; a larger file is something else
_MOST_BYTES = 64 * 2**20


def replay(
    path: PathOrDash,
    /,
    *,
    start: Annotated[str, Parameter(name="--from")],
    end: Annotated[str, Parameter(name="--to")],
    viewpoint: str | None = None,
    as_known_then: Flag = False,
    details: Flag = False,
    write: str | None = None,
    table: str | None = None,
    csv: Flag = False,
    json: Flag = False,
) -> int:
    """How did verdict, equilibria and deals move as events unfolded?

    The model of the dossier is framed for every day of the period on which the record, or a date
    of the model, can make a difference, and analysed wherever its conflict has changed.

    Parameters
    ----------
    path
        A dossier folder, a model file with dates, or a catalog slug.
    start
        The first day.
    end
        The last day.
    viewpoint
        As whom the game is seen: the id of an actor.
    as_known_then
        Leave out on each day what was first said later.
    details
        Tell each step in full.
    write
        Keep a transcript in this file. Where it holds one of an earlier run, tell also what has
        changed since, and why.
    table
        Show one table only: steps, or deals.
    csv
        Print the table as CSV; by default that of the steps.
    json
        Print one JSON object.
    """
    alone = table_asked(table, csv=csv, json=json)
    if alone:
        refuse_together("--csv" if csv else "--table", {"--details": details})
    source = open_source(path)
    old = None if write is None else _transcript(Path(write))
    with Bar("replaying") as bar:
        found = study.replay(
            source,
            start,
            end,
            viewpoint=viewpoint,
            as_known_then=as_known_then,
            progress=bar.update,
        )
    data = replay_data(found)
    lines = None if old is None else transcript_changes(old, data)
    if alone:
        show_table(found, table, csv=csv)
        for line in lines or ():
            talk(line)
    elif json:
        show_json(data if lines is None else {**data, "changes": lines})
    else:
        show(replay_screen(found, details=details))
        if lines is not None and write is not None:
            show(section(changes_section(lines, write)))
    if write is not None:
        text = json_.dumps(data, ensure_ascii=False, indent=2) + "\n"
        write_whole(Path(write), text, replace=True)
        talk(f"transcript written to {write}")
    return 0


def _transcript(file: Path) -> dict[str, Any] | None:
    """Return the transcript a file holds, or None where there is no file.

    Raises
    ------
    DetenteError
        ``would-overwrite`` when the file is something else.
    """
    if not file.exists():
        return None
    text = read_text(file, limit=_MOST_BYTES)
    try:
        data = json_.loads(text)
    except ValueError:
        data = None
    if is_transcript(data):
        found: dict[str, Any] = data
        return found
    what = f"{file} exists and is no transcript of a replay"
    raise DetenteError(Problem("would-overwrite", what, Place(str(file))))
