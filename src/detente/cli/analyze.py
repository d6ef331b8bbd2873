"""``detente analyze``: from a conflict to a verdict."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from detente import study
from detente.analysis import Findings
from detente.analysis.inverse import INVERSE_CONCEPTS
from detente.analysis.inverse import rankings as count_all
from detente.cli.screen import Bar, Flag, PathOrDash, show, show_json, talk, width
from detente.cli.tables import refuse_together, show_table, table_asked
from detente.errors import DetenteError, Problem
from detente.report.data.findings import findings_data
from detente.report.data.inverse import rankings_data
from detente.report.data.shape import reason_data
from detente.report.screen.findings import findings_screen, problem_text
from detente.report.screen.sections import section
from detente.report.screen.why import why_screen
from detente.report.sentences.inverse import rankings_section
from detente.report.sentences.words import Words
from detente.stability import explain
from detente.study import Part, find_state, open_source

__all__ = ["analyze", "horizon"]

#: how far ahead anybody looks
MOST_MOVES_AHEAD = 100


def analyze(
    path: PathOrDash,
    /,
    *,
    why: str | None = None,
    rankings: str | None = None,
    target: str | None = None,
    on: str | None = None,
    known_by: str | None = None,
    viewpoint: str | None = None,
    deals: Flag = False,
    views: Flag = False,
    evolution: Flag = False,
    unlock: Flag = False,
    coalitions: Flag = False,
    coalition: str | None = None,
    far_sight: int = 0,
    status_quo: str | None = None,
    sim: Annotated[bool | None, Parameter(negative="--no-sim")] = None,
    table: str | None = None,
    csv: Flag = False,
    json: Flag = False,
    all_states: Flag = False,
) -> int:
    """Can these talks go anywhere from the status quo, and if not, what stands in the way?

    Parameters
    ----------
    path
        A model file, a .gmcr file, a dossier folder, a catalog slug, or - for standard input.
    why
        Tell why this state is stable or not, for everybody and every concept. A state is its
        number, its pattern of Y and N, or its id in a conflict given as a graph.
    rankings
        Tell which rankings of each decision maker would make this state stable, and how many.
    target
        Ask about a deal: an expression over options, or the states with commas in a conflict given
        as a graph.
    on
        The date for which a model with conditions is framed; by default the one the dossier is for.
    known_by
        Leave out of the record what was first said later than this date.
    viewpoint
        As whom the game is seen: the id of an actor.
    deals
        Tell of each named deal also what would hold it, and how it is reached.
    views
        Look at the game also as each side sees it.
    evolution
        Tell how the conflict can move on from the status quo: what is reached when, and by whom.
    unlock
        Look for the smallest changes that would open the way, to the target where there is one.
    coalitions
        Tell what holds against every coalition, and where coalitions jump.
    coalition
        Take these decision makers, with commas, for one, besides.
    far_sight
        Compute the equilibria of those who look up to so many moves ahead.
    status_quo
        Start from this state instead of the model's own status quo.
    sim
        Compute simultaneous stability; by default only up to 4,096 states.
    table
        Show one table only: states, deals, named_deals, options or priorities; evolution,
        far_sight, coalitions or unlock where the option of that name is given.
    csv
        Print the table as CSV; by default that of the states.
    json
        Print one JSON object.
    all_states
        With --json, --table or --csv, list all states even above 100,000.
    """
    alone = table_asked(table, csv=csv, json=json)
    if alone:
        refuse_together("--csv" if csv else "--table", {"--deals": deals, "--views": views})
    besides = {
        "--target": target is not None,
        "--deals": deals,
        "--views": views,
        "--evolution": evolution,
        "--unlock": unlock,
        "--coalitions": coalitions,
        "--coalition": coalition is not None,
        "--far-sight": far_sight != 0,
        "--table": table is not None,
        "--csv": csv,
    }
    if why is not None:
        refuse_together("--why", {"--rankings": rankings is not None, **besides})
    if rankings is not None:
        refuse_together("--rankings", besides)
    source = open_source(path)
    for warning in source.warnings:
        talk(problem_text(warning))
    wanted: dict[Part, bool] = {
        "views": views,
        "evolution": evolution,
        "unlock": unlock,
        "coalitions": coalitions,
    }
    also = [part for part, on_ in wanted.items() if on_]
    with Bar("analysing") as bar:
        findings = study.analyze(
            source,
            sim=sim,
            status_quo=status_quo,
            on=on,
            known_by=known_by,
            viewpoint=viewpoint,
            target=target,
            also=also,
            far_sight=horizon(far_sight),
            coalition=coalition,
            progress=bar.update,
        )
    _tell_what_has_no_effect(findings, on=on, known_by=known_by)
    if rankings is not None:
        _rankings(findings, rankings, json=json)
        return 0
    if why is None:
        if alone:
            show_table(findings, table, csv=csv, all_states=all_states)
        elif json:
            indent = 2 if findings.graph.size <= 10_000 else None
            show_json(findings_data(findings, all_states=all_states), indent=indent)
        else:
            details = deals or target is not None
            show(findings_screen(findings, width=width(), details=details))
        return 0
    state = find_state(findings.conflict, findings.graph, why)
    reasons = [
        explain(findings.graph, state, dm, concept)
        for dm in findings.graph.dms
        for concept in findings.table.concepts
    ]
    if json:
        show_json({"state": state + 1, "why": [reason_data(findings, r) for r in reasons]})
    else:
        show(why_screen(findings, state, reasons))
    return 0


def _tell_what_has_no_effect(findings: Findings, *, on: str | None, known_by: str | None) -> None:
    """Say so where a date was named and nothing hangs on it."""
    framed = findings.framed
    if framed is None or framed.on is None:
        given = [option for option, day in (("--on", on), ("--known-by", known_by)) if day]
        if given:
            verb = "changes" if len(given) == 1 else "change"
            talk(f"{' and '.join(given)} {verb} nothing: the model is the same on every day")
    elif known_by is not None and framed.standing is None:
        talk("--known-by changes nothing: the model has dates, but no record")


def _rankings(findings: Findings, state: str, *, json: bool) -> None:
    at = find_state(findings.conflict, findings.graph, state)
    found = [
        count_all(findings.graph, dm, at, concept)
        for dm in findings.graph.dms
        for concept in INVERSE_CONCEPTS
    ]
    if json:
        show_json(rankings_data(findings, at, found))
    else:
        show(section(rankings_section(Words.of(findings), at, found)))


def horizon(far_sight: int) -> int:
    """Return how far ahead is looked; raise `DetenteError` where that is out of bounds."""
    if not 0 <= far_sight <= MOST_MOVES_AHEAD:
        what = f"--far-sight {far_sight} is not between 1 and {MOST_MOVES_AHEAD}"
        raise DetenteError(Problem("bad-usage", what))
    return far_sight
