"""From a record to its standing: every part of it asked about the same second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.record.accounts import AccountView, Asked, fold_accounts
from detente.record.actors import Actor
from detente.record.calendar import qualified
from detente.record.clocks import run_end, step_ends
from detente.record.dates import NEVER, When
from detente.record.entries import Agreement, Commitment, Measure, Mechanism, Question, Run
from detente.record.limits import hold_limit
from detente.record.said import called_otherwise, open_statements
from detente.record.standing import (
    AgreementStanding,
    Clock,
    CommitmentStanding,
    Contested,
    Due,
    MeasureStanding,
    MilestoneStanding,
    Office,
    PartyStanding,
    Standing,
)
from detente.record.viewpoint import Viewpoint, date_asked, viewpoint_of

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = ["stand"]


def stand(
    record: Record,
    on: When | str,
    *,
    known_by: When | str | None = None,
    viewpoint: Viewpoint | str | Sequence[str] | None = None,
) -> Standing:
    """Return how things stood; see `Record.as_of`."""
    on = date_asked(on)
    known = None if known_by is None else date_asked(known_by)
    whose = viewpoint_of(record, viewpoint)
    limit = NEVER if known is None else known.latest
    asked = Asked(record, on, min(on.latest, NEVER - 1), known, limit, whose)
    barred = _barred(asked)
    asked.calendar.lapse(id_ for id_, state in barred.items() if state == "lapsed")
    agreements = _agreements(asked, barred)
    commitments = _commitments(asked, agreements)
    clocks = _clocks(asked)
    demands, offers = open_statements(asked)
    return Standing(
        record,
        on,
        known,
        whose,
        agreements,
        commitments,
        _measures(asked),
        demands,
        offers,
        clocks,
        _due(asked, agreements, commitments, clocks),
        _offices(asked),
        _contested(asked),
        called_otherwise(asked),
    )


def _measures(asked: Asked) -> list[MeasureStanding]:
    found = []
    known, ready = asked.record.entry_from, asked.record.measure_accounts
    for measure in asked.record.of_kind(Measure):
        if known[measure.id] > asked.limit:
            continue
        if measure.according_to and not asked.counts(measure.according_to):
            continue
        accounts = ready.get(measure.id)
        if accounts is None:
            accounts = asked.compiled(measure.status, None)
            if all(one.known > asked.limit for one in accounts):
                continue
        views = asked.covering(accounts)
        # a measure whose accounts all begin later, or have ended, is in force for nobody
        state = fold_accounts(asked, views, otherwise="not-in-force")
        found.append(MeasureStanding(measure, state, views))
    return found


def _agreements(asked: Asked, barred: Mapping[str, str]) -> list[AgreementStanding]:
    found = []
    for agreement in asked.record.of_kind(Agreement):
        if not asked.sees(agreement.id):
            continue
        views = asked.covering(asked.compiled(agreement.status, agreement.id))
        state = fold_accounts(asked, views, otherwise="not-in-force")
        parties = []
        for actor in dict.fromkeys(name for one in agreement.parties for name in one.party):
            own = [one for one in agreement.parties if actor in one.party]
            compiled = asked.compiled(own, agreement.id)
            if all(one.known > asked.limit for one in compiled):
                continue
            seen = asked.covering(compiled)
            parties.append(PartyStanding(actor, fold_accounts(asked, seen, otherwise="out"), seen))
        stones = [
            _milestone(asked, f"{agreement.id}.{name}", barred)
            for name, stone in agreement.milestones.items()
            if stone.date is None
            or stone.counts is not None
            or asked.record.known_from(stone, stone.date) <= asked.limit
        ]
        found.append(AgreementStanding(agreement, state, views, parties, stones))
    return found


def _milestone(asked: Asked, id_: str, barred: Mapping[str, str]) -> MilestoneStanding:
    reached = asked.calendar.reached(id_)
    if reached is not None and reached.earliest <= asked.at:
        return MilestoneStanding(id_, "reached", reached)
    if id_ in barred:
        return MilestoneStanding(id_, barred[id_], asked.calendar.counted(id_))
    date = asked.calendar.date_of(id_)
    if date is None:
        return MilestoneStanding(id_, "open", None)
    return MilestoneStanding(id_, "due" if date.latest > asked.at else "passed", date)


def _commitments(asked: Asked, agreements: Sequence[AgreementStanding]) -> list[CommitmentStanding]:
    states = {stone.id: stone.state for one in agreements for stone in one.milestones}
    observations = asked.record.observations
    found = []
    for commitment in asked.record.of_kind(Commitment):
        if not asked.sees(commitment.id) or not asked.counts(commitment.according_to):
            continue
        start, end = asked.calendar.span(commitment)
        early = _early_state(asked, commitment, start, end, states)
        if early is not None:
            found.append(CommitmentStanding(commitment, early, start, end))
        elif commitment.limit is not None:
            state, held = hold_limit(asked, commitment, observations, start)
            found.append(CommitmentStanding(commitment, state, start, end, held))
        else:
            views = asked.covering(asked.compiled(commitment.performance, commitment.agreement))
            state = fold_accounts(asked, views, otherwise="unknown")
            found.append(CommitmentStanding(commitment, state, start, end, (), views))
    return found


def _early_state(
    asked: Asked,
    commitment: Commitment,
    start: When | None,
    end: When | None,
    milestones: Mapping[str, str],
) -> str | None:
    """Return ``not-begun`` or ``ended``, ``unknown`` where its dates leave it open, or None."""
    anchor = commitment.start
    if anchor is not None and anchor.milestone:
        state = milestones.get(qualified(anchor.milestone, commitment.agreement))
        if state in ("contested", "unknown") and start is not None and start.earliest <= asked.at:
            return state
        if start is None:
            # the milestone has no day, or has lapsed
            return "not-begun"
    if start is not None and asked.at < start.latest:
        return "not-begun" if asked.at < start.earliest else "unknown"
    if end is not None and asked.at >= end.earliest:
        return "ended" if asked.at >= end.latest else "unknown"
    return None


def _runs(asked: Asked) -> Iterator[tuple[Mechanism, int, Run, str, list[AccountView]]]:
    """Yield the runs of all mechanisms that had begun, each with how it stood."""
    for mechanism in asked.record.of_kind(Mechanism):
        for k, run in enumerate(mechanism.runs):
            known = asked.record.known_from(run, run.started)
            if run.started.earliest > asked.at or known > asked.limit:
                continue
            if asked.counts(run.according_to):
                views = asked.covering(asked.compiled(run.status, mechanism.agreement))
                state = fold_accounts(
                    asked,
                    views,
                    otherwise="running",
                    state=lambda view: _COUNTS.get(view.state, ""),
                )
                yield mechanism, k, run, state, views


def _clocks(asked: Asked) -> list[Clock]:
    found = []
    for mechanism, k, run, state, views in _runs(asked):
        steps = step_ends(mechanism, run)
        left = [one for one in steps if one.ends.earliest > asked.at]
        if left and state != "stopped":
            id_ = f"{mechanism.id}.{k + 1}"
            ends = steps[-1].ends
            found.append(Clock(id_, mechanism, run, state, views, steps, left[0], ends))
    return found


#: whether a run counts down; for the clock it is one whether it is void, withdrawn or settled
_COUNTS = dict.fromkeys(("void", "withdrawn", "settled"), "stopped") | {"running": "running"}


def _barred(asked: Asked) -> dict[str, str]:
    """Return the milestones that a mechanism keeps from being reached: ``lapsed`` or contested.

    It does once a run of it has run out, unless the milestone's day had come before.
    """
    run_out: dict[str, list[tuple[int, str]]] = {}
    for mechanism, _, run, state, _ in _runs(asked):
        end = run_end(mechanism, run).earliest
        if asked.at >= end and state != "stopped":
            ended = "lapsed" if state == "running" else state
            run_out.setdefault(mechanism.id, []).append((end, ended))
    found: dict[str, str] = {}
    for id_, stone in asked.record.milestones.items():
        date = asked.calendar.counted(id_)
        states = {
            state
            for end, state in run_out.get(stone.unless or "", ())
            if date is None or end <= date.latest
        }
        if states and asked.calendar.reached(id_) is None:
            found[id_] = "lapsed" if "lapsed" in states else states.pop()
    return found


def _due(
    asked: Asked,
    agreements: Sequence[AgreementStanding],
    commitments: Sequence[CommitmentStanding],
    clocks: Sequence[Clock],
) -> list[Due]:
    found = [
        Due(stone.date, "milestone", stone.id)
        for one in agreements
        for stone in one.milestones
        if stone.state in ("due", "contested") and stone.date and stone.date.latest > asked.at
    ]
    for one in commitments:
        if one.state == "not-begun" and one.start is not None and one.start.latest > asked.at:
            found.append(Due(one.start, "commitment begins", one.commitment.id))
        if one.state != "ended" and one.end is not None and one.end.latest > asked.at:
            found.append(Due(one.end, "commitment ends", one.commitment.id))
    for clock in clocks:
        found += [
            Due(step.ends, f"step ends: {step.step.what}", clock.id)
            for step in clock.steps
            if step.ends.earliest > asked.at
        ]
    for statement in asked.record.with_due_date:
        due, said = statement.due, statement.date
        if due is None or due.latest <= asked.at or due.latest == NEVER:
            continue
        if said is not None and said.earliest > asked.at:
            continue
        if asked.sees(statement.id) and asked.counts(statement.according_to):
            found.append(Due(due, f"{statement.kind} falls due", statement.id))
    return sorted(found, key=lambda due: (due.date.latest, due.id, due.what))


def _offices(asked: Asked) -> list[Office]:
    found = []
    for actor in asked.record.of_kind(Actor):
        for role in actor.roles:
            if role.start is not None and role.start.begun > asked.at:
                continue
            ended = role.end is not None and role.end.earliest <= asked.limit
            if ended and role.end is not None and asked.at >= role.end.latest:
                continue
            if asked.record.known_from(role, role.start) > asked.limit:
                continue
            if asked.counts(role.according_to):
                supported = bool(role.sources or role.because)
                found.append(Office(actor.id, role.office, role.of, role.start, supported))
    return found


def _contested(asked: Asked) -> list[Contested]:
    found = []
    for question in asked.record.of_kind(Question):
        if not asked.sees(question.id):
            continue
        if question.raised is not None and question.raised.earliest > asked.at:
            continue
        compiled = asked.compiled(question.views, None)
        views = asked.covering(compiled)
        if views:
            own = [view for view in views if asked.own(view.holders)]
            found.append(Contested(question, views, own))
    return found
