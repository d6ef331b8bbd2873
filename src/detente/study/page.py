"""``page``: one run told as a page that opens anywhere."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.metadata import version
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.analysis import Findings
from detente.analysis.replay import Replay
from detente.catalog import find_entry, load_entry
from detente.errors import DetenteError, Problem
from detente.record import Record, Standing
from detente.record.actors import Actor
from detente.record.dates import When
from detente.record.fields import accounts_of
from detente.record.viewpoint import date_asked
from detente.report.sentences.phrases import join
from detente.stability import Reason, explain
from detente.study.replay import replay as run_replay
from detente.study.run import Part, Progress, analyze, may_differ
from detente.study.sources import Source, loaded_record, open_source

if TYPE_CHECKING:
    from detente.report.page import Page

__all__ = ["PageQuestion", "page", "page_of"]

#: how much of the usual search for changes a page waits for; `unlock` asks for all of it
QUICK = 1 / 16
#: above how many states a page looks for changes only if `unlock` asks for it
LARGE = 2**16
#: from about how many viewpoints a record without a model is looked at
VIEWPOINTS = 5


@dataclass(frozen=True)
class PageQuestion:
    """What a page is asked to tell; see `page`."""

    on: str | None = None
    known_by: str | None = None
    viewpoint: str | None = None
    status_quo: str | None = None
    target: str | None = None
    sim: bool | None = None
    unlock: bool = False
    coalitions: bool = False
    coalition: str | None = None
    far_sight: int = 0
    period: tuple[str, str] | None = None


def page(
    path: str,
    *,
    on: str | None = None,
    known_by: str | None = None,
    viewpoint: str | None = None,
    status_quo: str | None = None,
    target: str | None = None,
    sim: bool | None = None,
    unlock: bool = False,
    coalitions: bool = False,
    coalition: str | None = None,
    far_sight: int = 0,
    period: tuple[str, str] | None = None,
    progress: Progress | None = None,
) -> Page:
    """Run the analysis of a dossier, model or record and tell it as a page.

    Parameters
    ----------
    path : str
        A dossier folder, a model file, a ``.gmcr`` file, a record file, a catalog slug, or ``-``
        for a model on standard input.
    on, known_by, viewpoint, status_quo, target, sim, coalition, far_sight
        As in `detente.analyze`.
    unlock : bool
        Search for changes as far as `detente analyze --unlock` does; by default a page waits for
        a sixteenth of that, and above 65,536 states for none.
    coalitions : bool
        Tell what holds against every coalition.
    period : tuple of str, optional
        First and last day of a replay that the page is to tell.
    progress : callable, optional
        Called with (steps of the stability analysis done, steps in all).

    Returns
    -------
    Page
        The same for the same input: it holds no time of day. A folder without a model gives the
        half on the record, a model without a record that on the conflict.

    Raises
    ------
    DetenteError
        With every problem found.

    Examples
    --------
    >>> made = page("prisoners-dilemma")
    >>> made.title, made.html[:15]
    ("Prisoner's dilemma", '<!doctype html>')
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
        far_sight=far_sight,
        period=period,
    )
    return page_of(path, question, progress=progress)


def page_of(
    path: str, question: PageQuestion | None = None, *, progress: Progress | None = None
) -> Page:
    """Return the page that answers a question; see `page`."""
    # a page brings all figures with it, and most commands make none
    from detente.report.page import Brief, make_page  # noqa: PLC0415

    question = question or PageQuestion()
    source, record = _halves(path)
    _refuse(question, source)
    findings = None if source is None else _findings(source, question, progress)
    standing: Standing | None = None
    seen: tuple[Standing, ...] = ()
    if record is not None:
        day = _day(path, record, question, findings)
        standing = record.as_of(day, known_by=question.known_by, viewpoint=question.viewpoint)
        whose = _viewpoints(record, findings)
        seen = tuple(
            record.as_of(day, known_by=question.known_by, viewpoint=actor)
            for actor in whose
            if actor != question.viewpoint
        )

    def why(state: int, dm: int, concept: str) -> Reason:
        assert findings is not None
        return explain(findings.graph, state, dm, concept)

    moved = None if source is None else _moved(source, question)
    brief = Brief(
        "<stdin>" if path == "-" else path,
        version("detente"),
        _command(path, question),
        findings,
        why,
        standing,
        seen,
        moved,
        None if source is None else _entry(source),
    )
    return make_page(brief)


def _halves(path: str) -> tuple[Source | None, Record | None]:
    """Return the model and the record that a path names, one or both."""
    model = True
    if path not in ("", "-"):
        file = Path(path)
        try:
            if file.is_dir():
                model = (file / "model.yaml").exists() or not (file / "record").is_dir()
            elif file.is_file() and file.suffix.lower() != ".gmcr":
                model = loaded_record(path) is None
        except (OSError, ValueError):
            # reading it will tell why not
            model = True
    if model:
        source = open_source(path)
        return source, source.record
    loaded = loaded_record(path)
    assert loaded is not None
    if loaded.record is None:
        raise DetenteError(loaded.problems)
    return None, loaded.record


def _findings(source: Source, question: PageQuestion, progress: Progress | None) -> Findings:
    conflict = source.conflict
    also: list[Part] = ["coalitions"] if question.coalitions else []
    starts = question.status_quo is not None or conflict.status_quo is not None
    if starts or conflict.given:
        also.append("evolution")
        if question.unlock or _most_states(source) <= LARGE:
            also.append("unlock")
        if question.viewpoint is None and may_differ(source):
            also.append("views")
    return analyze(
        source,
        sim=question.sim,
        status_quo=question.status_quo,
        on=question.on,
        known_by=question.known_by,
        viewpoint=question.viewpoint,
        target=question.target,
        also=also,
        far_sight=question.far_sight,
        coalition=question.coalition,
        effort=1 if question.unlock else QUICK,
        progress=progress,
    )


def _most_states(source: Source) -> int:
    """Return how many states there are at most."""
    conflict = source.conflict
    if conflict.graph is not None:
        return len(conflict.graph.ids)
    return prod(dm.strategies for dm in conflict.decision_makers)


def _refuse(question: PageQuestion, source: Source | None) -> None:
    """Raise `DetenteError` for questions that cannot be asked together, or of a record alone."""
    if question.period is not None and question.known_by is not None:
        what = "a replay follows what is known today, and the page is asked for as known by a day"
        raise DetenteError(Problem("bad-usage", what))
    if question.period is not None:
        # told before the analysis and not after it
        first, last = (date_asked(day) for day in question.period)
        if first.earliest > last.latest:
            what = f"the period begins on {first} and ends on {last}"
            raise DetenteError(Problem("ends-before-start", what))
    if source is not None:
        return
    own = {"on", "known_by", "viewpoint"}
    given = [
        one.name
        for one in fields(PageQuestion)
        if one.name not in own and getattr(question, one.name) not in (None, False, 0)
    ]
    if given:
        options = join(f"--{name.replace('period', 'replay').replace('_', '-')}" for name in given)
        what = f"there is no model, and {options} would ask about one"
        raise DetenteError(Problem("bad-usage", what))


def _entry(source: Source) -> Mapping[str, Any] | None:
    """Return what the catalog says of a model that is one of its entries."""
    slug = None if source.dossier is None else find_entry(source.dossier)
    if slug is None or Path(source.dossier or "").exists():
        return None
    return load_entry(slug).data()


def _day(
    path: str, record: Record, question: PageQuestion, findings: Findings | None
) -> When | str:
    """Return the day for which the record is told: that of the model, where it was framed."""
    framed = None if findings is None else findings.framed
    if framed is not None and framed.on is not None:
        return framed.on
    day = question.on or record.as_of_default
    if day is None:
        raise DetenteError(Problem("bad-usage", f"{path} is for no day of its own: add --on DATE"))
    return day


def _viewpoints(record: Record, findings: Findings | None) -> list[str]:
    """Return from whose viewpoints things are told: decision makers, else who holds accounts."""
    actors = {actor.id for actor in record.of_kind(Actor)}
    if findings is not None:
        return [name for name in findings.conflict.dm_ids if name in actors]
    holders = Counter(
        holder
        for entry in record.entries.values()
        for account in accounts_of(entry)
        for holder in account.according_to
    )
    # whoever holds as many as the last that is taken is taken too: no side is picked
    least = [number for _, number in holders.most_common(VIEWPOINTS)][-1:]
    return sorted(name for name, number in holders.items() if least and number >= least[0])


def _moved(source: Source, question: PageQuestion) -> Replay | None:
    if question.period is None:
        return None
    start, end = question.period
    return run_replay(source, start, end, viewpoint=question.viewpoint)


def _command(path: str, question: PageQuestion) -> str:
    """Return the command that makes the page again."""
    parts = ["detente", "report", path]
    for one in fields(PageQuestion):
        value = getattr(question, one.name)
        flag = f"--{one.name.replace('_', '-')}"
        if one.name == "period" and value is not None:
            parts += ["--replay", f"{value[0]}/{value[1]}"]
        elif value is False and one.name == "sim":
            parts.append("--no-sim")
        elif value is True:
            parts.append(flag)
        elif value not in (None, False, 0):
            parts += [flag, str(value)]
    return shlex.join([*parts, "-o", "page.html"])
