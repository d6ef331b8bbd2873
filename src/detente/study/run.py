"""One reproducible run: from what the analyst names to findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.analysis import (
    Findings,
    Game,
    diagnose_case,
    foresight,
    hypergame,
    outlook,
    with_views,
)
from detente.analysis.case import Case
from detente.analysis.coalitions import coalition_findings
from detente.analysis.diagnosis import VERDICT_CONCEPTS
from detente.analysis.escrows import escrows
from detente.analysis.misperception import placed
from detente.analysis.named import answer, answers, states_of
from detente.analysis.unlocking import Unlocking, unlock, usual_budget
from detente.errors import DetenteError, Problem, nearest, shortened
from detente.framing import Framed, frame, seen_by
from detente.graph import status_quo_of, to_graph
from detente.model import Conflict, NamedDeal
from detente.record.actors import Actor
from detente.record.dates import When
from detente.record.viewpoint import date_asked, viewpoint_of
from detente.stability import default_concepts, stability_table
from detente.study.naming import find_state, members_of, target_of
from detente.study.sources import Source, open_source

__all__ = ["Question", "analyze", "framed_for"]

Progress = Callable[[int, int], None]
Part = Literal["views", "evolution", "coalitions", "unlock"]


@dataclass(frozen=True)
class Question:
    """For when, and as whom, a model with conditions is framed.

    Attributes
    ----------
    on : str or None
        The date; by default the one the dossier is for.
    known_by : str or None
        Leave out what was first said later than this.
    viewpoint : str or None
        Whose accounts count and as whom the game is seen; by default nobody's.
    """

    on: str | None = None
    known_by: str | None = None
    viewpoint: str | None = None


def analyze(
    source: Source | str,
    *,
    sim: bool | None = None,
    status_quo: str | None = None,
    on: str | None = None,
    known_by: str | None = None,
    viewpoint: str | None = None,
    target: str | None = None,
    also: Collection[Part] = (),
    far_sight: int = 0,
    coalition: str | None = None,
    effort: float = 1,
    progress: Progress | None = None,
) -> Findings:
    """Run the whole analysis of one conflict.

    Parameters
    ----------
    source : Source or str
        What `open_source` read, or a path for it.
    sim : bool, optional
        Whether simultaneous stability is computed; default: in option form up to 4,096 states.
    status_quo : str, optional
        A state to start from instead of the model's own; see `find_state`.
    on : str, optional
        The date for which a model with conditions is framed; default: the one of its dossier.
    known_by : str, optional
        Leave out of the record what was first said later than this.
    viewpoint : str, optional
        As whom the game is seen: the id of an actor; by default nobody's.
    target : str, optional
        A deal to ask about: an expression over options; in a conflict given as a graph the states,
        with commas.
    also : collection of str
        What is looked at besides: ``views``, the game as each side sees it (always done where
        nothing else stands in the way and the sides may see it differently), ``evolution``,
        ``coalitions``, and ``unlock``, the smallest changes that open the way (to the target,
        where there is one).
    far_sight : int
        Up to which horizon far-sighted stability is computed; by default not at all.
    coalition : str, optional
        Decision makers, with commas, who are also taken for one.
    effort : float
        How much of the usual work the search for changes may do; 1 takes seconds.
    progress : callable, optional
        Called with (steps of the stability analysis done, steps in all).

    Raises
    ------
    DetenteError
        With every problem found.
    """
    if isinstance(source, str):
        source = open_source(source)
    question = Question(on, known_by, viewpoint)
    for asked_day in (on, known_by):
        if asked_day is not None:
            date_asked(asked_day)
    if viewpoint is not None and "views" in also:
        what = "as whom the game is seen is named, and the game as each side sees it is asked for"
        raise DetenteError(Problem("bad-usage", what))
    framed = framed_for(source, question)
    conflict = source.conflict if framed is None else framed.conflict
    graph = to_graph(conflict)
    concepts = [name for name in default_concepts(graph) if sim is not False or name != "sim"]
    if sim and "sim" not in concepts:
        concepts.append("sim")
    asked = None if target is None else target_of(conflict, graph, target)
    members = None if coalition is None else members_of(conflict, coalition)
    start = (
        status_quo_of(conflict, graph)
        if status_quo is None
        else find_state(conflict, graph, status_quo)
    )
    table = stability_table(graph, concepts, progress=progress)
    made = replace(
        source.made,
        status_quo=status_quo,
        concepts=table.concepts,
        record=None if framed is None or framed.standing is None else framed.standing.record.sha256,
        on=None if framed is None or framed.on is None else str(framed.on),
        known_by=known_by,
        viewpoint=viewpoint,
        target=target,
        coalition=coalition,
        far_sight=far_sight,
    )
    look_ahead = foresight(graph, far_sight) if far_sight else None
    together = (
        coalition_findings(graph, table, members)
        if members is not None or "coalitions" in also
        else None
    )
    if start is None:
        if target is not None or set(also) - {"coalitions"}:
            what = "the model names no status quo, and what is asked starts from one"
            raise DetenteError(Problem("no-status-quo", what, conflict.place))
        return Findings(
            conflict,
            graph,
            table,
            None,
            made,
            framed=framed,
            foresight=look_ahead,
            coalitions=together,
        )
    case = Case(graph, table, start)
    diagnosis = diagnose_case(case)
    own = Game(conflict, graph, table, diagnosis)
    hyper = None
    if "views" in also or (
        diagnosis.verdict == "open" and viewpoint is None and may_differ(source)
    ):
        games = _games(source, own, question)
        hyper = hypergame(own, games)
        diagnosis = with_views(diagnosis, games)
    told = answers(conflict, case)
    if asked is not None:
        told = (answer(conflict, case, asked), *told)
    return Findings(
        conflict,
        graph,
        table,
        diagnosis,
        made,
        told,
        framed,
        hyper,
        outlook(graph, start) if "evolution" in also else None,
        look_ahead,
        together,
        _unlocking(conflict, case, asked, effort) if "unlock" in also else None,
    )


# -- framing -------------------------------------------------------------------------------------


def framed_for(source: Source, question: Question) -> Framed | None:
    """Return the conflict of a date and viewpoint; None where the model is the same on every day.

    Raises
    ------
    DetenteError
        ``not-framed`` where no date is named, and whatever is wrong with it or the conditions.
    """
    conflict = source.conflict
    if not conflict.timed and question.viewpoint is not None:
        # nothing hangs on the date, but somebody may see the game otherwise
        return Framed(_as_seen(conflict, question.viewpoint), None, ())
    if not conflict.timed:
        return None
    record = source.record
    day = _day(source, question)
    if record is None:
        whose = () if question.viewpoint is None else (question.viewpoint,)
        framed = frame(conflict, None, day, viewpoint=whose)
        if question.viewpoint is None:
            return framed
        return replace(framed, conflict=_as_seen(framed.conflict, question.viewpoint))
    viewpoint = viewpoint_of(record, question.viewpoint)
    standing = record.as_of(day, known_by=question.known_by, viewpoint=viewpoint)
    actors = () if viewpoint is None else viewpoint.actors
    framed = frame(conflict, standing, day, viewpoint=actors)
    if len(actors) == 1 and actors[0] in framed.conflict.dm_ids:
        return replace(framed, conflict=_as_seen(framed.conflict, actors[0]))
    return framed


def _day(source: Source, question: Question) -> When:
    if question.on is not None:
        return date_asked(question.on)
    record = source.record
    if record is not None and record.as_of_default is not None:
        return record.as_of_default
    what = "the model holds only at times, and names no date of its own"
    raise DetenteError(Problem("not-framed", what, source.conflict.place))


def _as_seen(conflict: Conflict, name: str) -> Conflict:
    if name not in conflict.dm_ids:
        what = f"{shortened(name)!r} is no decision maker of the model"
        near = nearest(name, conflict.dm_ids)
        raise DetenteError(Problem("unknown-decision-maker", what, None, near))
    return seen_by(conflict, conflict.dm_ids.index(name))


# -- the game as each side sees it ---------------------------------------------------------------


def may_differ(source: Source) -> bool:
    """Tell whether the sides may see different games."""
    conflict = source.conflict
    return bool(conflict.views) or any(
        when is not None and (when.viewpoint or when.holds_when) for when in conflict.conditions()
    )


def _games(source: Source, own: Game, question: Question) -> list[Game]:
    """Return the game of every decision maker, from its accounts of the record and its view."""
    found = dict(games_seen(source, question))
    return [
        _game(own, found.get(name) or seen_by(own.conflict, i))
        for i, name in enumerate(own.conflict.dm_ids)
    ]


def games_seen(source: Source, question: Question) -> Iterator[tuple[str, Conflict]]:
    """Yield the conflict as each decision maker sees it that has accounts of its own."""
    for dm in source.conflict.decision_makers:
        if source.conflict.timed and _has_accounts(source, dm.id):
            framed = framed_for(source, replace(question, viewpoint=dm.id))
            assert framed is not None
            yield dm.id, framed.conflict


def _has_accounts(source: Source, name: str) -> bool:
    """Tell whether the model can be framed as a decision maker sees it."""
    record = source.record
    return record is None or isinstance(record.entries.get(name), Actor)


def _game(own: Game, conflict: Conflict) -> Game:
    """Analyse a game that somebody believes to be in, unless it is the model's own."""
    if replace(conflict, views=()) == replace(own.conflict, views=()):
        return own
    try:
        graph = to_graph(conflict)
    except DetenteError as error:
        if {problem.code for problem in error.problems} != {"status-quo-infeasible"}:
            raise
        # what this side takes for the status quo cannot be, as it sees the game
        conflict = replace(conflict, status_quo=None)
        graph = to_graph(conflict)
    table = stability_table(graph, [name for name in own.table.concepts if name != "sim"])
    start = status_quo_of(conflict, graph)
    believed = Game(conflict, graph, table, None)
    if own.diagnosis is not None and own.diagnosis.status_quo != status_quo_of(
        own.conflict, own.graph
    ):
        # the analyst starts elsewhere, and so does everybody
        start = int(placed(own, believed, np.array([own.diagnosis.status_quo]))[0])
    if start is None or start < 0:
        return believed
    return replace(believed, diagnosis=diagnose_case(Case(graph, table, start)))


def _unlocking(conflict: Conflict, case: Case, asked: NamedDeal | None, effort: float) -> Unlocking:
    """Return the smallest changes that open the way to the deal asked about, or to any.

    Where the status quo does not hold there is no deadlock to unlock, and nothing is looked for.
    """
    if case.verdict(VERDICT_CONCEPTS[0]) == "drift":
        return Unlocking(None, (), ())
    own = replace(conflict, views=())
    budget = usual_budget(case.graph.size, effort)
    if asked is None:
        return replace(unlock(own, case.q, budget=budget), escrows=escrows(own, case))
    target = asked.states if asked.expression is None else asked.expression
    narrowed = case.among(states_of(case.graph, asked))
    found = unlock(own, case.q, target=target, budget=budget)
    return replace(found, escrows=escrows(own, narrowed, asked))
