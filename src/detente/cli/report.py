"""``detente report``: one run as a page to look at, print and send."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from detente import study
from detente.cli.analyze import horizon
from detente.cli.screen import Bar, Flag, PathOrDash, talk
from detente.errors import DetenteError, Problem
from detente.study import PageQuestion

__all__ = ["report"]


def report(
    path: PathOrDash,
    /,
    *,
    out: Annotated[str, Parameter(name=["--out", "-o"], allow_leading_hyphen=True)],
    on: str | None = None,
    known_by: str | None = None,
    viewpoint: str | None = None,
    status_quo: str | None = None,
    target: str | None = None,
    unlock: Flag = False,
    coalitions: Flag = False,
    coalition: str | None = None,
    far_sight: int = 0,
    replay: str | None = None,
    sim: Annotated[bool | None, Parameter(negative="--no-sim")] = None,
    force: Flag = False,
) -> int:
    """Write the answer of a run as a page: one file that opens anywhere, offline.

    The page has the verdict with its witness, who cares about what by which evidence, the states
    that matter, deals, what would unlock it, how things stood and to whom, the record with its
    sources, and how it was made. A dossier without a model gives the half on the record, a model
    without a record that on the conflict.

    Parameters
    ----------
    path
        A dossier folder, a model file, a .gmcr file, a record file, a catalog slug, or - for a
        model on standard input.
    out
        The file to write, or - for standard output. A page of ours that is there is replaced.
    on
        The date; by default the one the dossier is for.
    known_by
        Leave out of the record what was first said later than this date.
    viewpoint
        As whom the game and the record are seen: the id of an actor.
    status_quo
        Start from this state instead of the model's own status quo.
    target
        Ask about a deal besides, as `detente analyze --target` does.
    unlock
        Search for changes that open the way as far as `detente analyze --unlock` does, which
        takes seconds longer.
    coalitions
        Tell what holds against every coalition.
    coalition
        Take these decision makers, with commas, for one, besides.
    far_sight
        Compute the equilibria of those who look up to so many moves ahead.
    replay
        Tell how the answer moved over a period: FIRST-DAY/LAST-DAY.
    sim
        Compute simultaneous stability; by default only up to 4,096 states.
    force
        Replace the file even if it is no page of ours.
    """
    question = PageQuestion(
        on=on,
        known_by=known_by,
        viewpoint=viewpoint,
        status_quo=status_quo,
        target=target,
        sim=sim,
        unlock=unlock,
        coalitions=coalitions,
        coalition=coalition,
        far_sight=horizon(far_sight),
        period=None if replay is None else _period(replay),
    )
    with Bar("analysing") as bar:
        page = study.page_of(path, question, progress=bar.update)
    if out == "-":
        sys.stdout.write(page.html)
        return 0
    page.save(out, force=force)
    talk(f"page written to {out}")
    return 0


def _period(text: str) -> tuple[str, str]:
    start, slash, end = text.partition("/")
    if not (start and slash and end) or "/" in end:
        what = f"--replay {text[:40]!r} is no period; it is written 2015-01-01/2021-12-31"
        raise DetenteError(Problem("bad-usage", what))
    return start, end
