"""``detente convert``: older programs' files, and any model, into a model file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from detente.cli.screen import Flag, PathOrDash, talk
from detente.document import write_whole
from detente.errors import DetenteError, Problem
from detente.graph import to_graph
from detente.model.load import parse_model
from detente.model.write import model_text
from detente.report.screen.findings import problem_text
from detente.study import Question, framed_for, open_source

__all__ = ["convert"]


def convert(
    source: PathOrDash,
    out: PathOrDash,
    /,
    *,
    on: str | None = None,
    known_by: str | None = None,
    viewpoint: str | None = None,
    force: Flag = False,
) -> int:
    """Write a conflict as a model file.

    Parameters
    ----------
    source
        A .gmcr file of the older programs, or anything `detente analyze` reads.
    out
        The file to write, or - for standard output.
    on
        Write the model of this date, without conditions: parts not in force are left out.
    known_by
        With --on: leave out of the record what was first said later than this date.
    viewpoint
        With --on: as whom the game is seen.
    force
        Replace the file if it exists.
    """
    opened = open_source(source)
    question = Question(on, known_by, viewpoint)
    if question != Question():
        framed = framed_for(opened, question)
        opened = opened if framed is None else replace(opened, conflict=framed.conflict)
    text = model_text(opened.conflict)
    # what is written must say the same; better no file than one that says something else
    if parse_model(text, out) != opened.conflict:
        raise DetenteError(Problem("internal", "the text written does not read back the same"))
    if not opened.conflict.timed:
        to_graph(opened.conflict)
    for warning in opened.warnings:
        talk(problem_text(warning))
    if out == "-":
        sys.stdout.write(text)
    else:
        if Path(source).exists() and Path(out).exists() and Path(source).samefile(out):
            what = f"{out} is read and written; its comments would be lost"
            raise DetenteError(Problem("bad-usage", what))
        write_whole(Path(out), text, replace=force)
        talk(f"wrote {out}")
    return 0
