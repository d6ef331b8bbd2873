"""Standings and timelines as plain data for ``--json``; see docs/reference/json.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.record.accounts import AccountView
from detente.record.comparison import Comparison
from detente.record.dates import When
from detente.record.limits import Held
from detente.record.said import Open
from detente.record.standing import Standing
from detente.record.timeline import Item

__all__ = ["standing_data", "timeline_data"]


def standing_data(standing: Standing) -> dict[str, Any]:
    """Return how things stood; every account has one holder, or null where nobody differs."""
    appeared = standing.appeared
    return {
        "on": str(standing.on),
        "known_by": _text(standing.known_by),
        "viewpoint": None if standing.viewpoint is None else str(standing.viewpoint),
        "agreements": [
            {
                "id": one.agreement.id,
                "name": one.agreement.name,
                "state": one.state,
                "accounts": _accounts(one.accounts),
                "parties": [
                    {"actor": p.actor, "state": p.state, "accounts": _accounts(p.accounts)}
                    for p in one.parties
                ],
                "milestones": [
                    {"id": m.id, "state": m.state, "date": _text(m.date)} for m in one.milestones
                ],
            }
            for one in standing.agreements
        ],
        "measures": [
            {
                "id": one.measure.id,
                "by": list(one.measure.by),
                "what": one.measure.what,
                "state": one.state,
                "accounts": _accounts(one.accounts),
            }
            for one in standing.measures
        ],
        "commitments": [
            {
                "id": one.commitment.id,
                "debtors": list(one.commitment.debtors),
                "what": one.commitment.what,
                "start": _text(one.start),
                "end": _text(one.end),
                "state": one.state,
                "observation": _observation(one.held[0]) if one.held else None,
                "observations": [_observation(held) for held in one.held],
                "accounts": _accounts(one.accounts),
                "supported": bool(appeared(one.commitment)),
            }
            for one in standing.commitments
        ],
        "demands": [_open(standing, one) for one in standing.demands],
        "offers": [_open(standing, one) for one in standing.offers],
        "clocks": [
            {
                "id": one.id,
                "mechanism": one.mechanism.name,
                "started": str(one.run.started),
                "by": list(one.run.by),
                "state": one.state,
                "step": one.step.step.what,
                "step_ends": str(one.step.ends),
                "ends": str(one.ends),
                "accounts": _accounts(one.accounts),
            }
            for one in standing.clocks
        ],
        "due": [{"date": str(one.date), "what": one.what, "id": one.id} for one in standing.due],
        "offices": [
            {
                "person": one.person,
                "office": one.office,
                "of": one.of,
                "since": _text(one.since),
                "supported": one.supported,
            }
            for one in standing.offices
        ],
        "contested": [
            {
                "id": one.question.id,
                "question": one.question.question,
                "about": [id_ for id_ in one.question.about if standing.sees(id_)],
                "views": _accounts(one.views, text="view"),
                "own": _accounts(one.own, text="view"),
            }
            for one in standing.contested
        ],
        "called": [
            {
                "id": one.statement.id,
                "kind": one.statement.kind,
                "called": [{"kind": kind, "holders": list(who)} for kind, who in one.kinds],
            }
            for one in standing.called
        ],
    }


def _text(when: When | None) -> str | None:
    return None if when is None else str(when)


def _accounts(views: Sequence[AccountView], *, text: str = "state") -> list[dict[str, Any]]:
    return [
        {
            "holder": holder,
            text: view.state if text == "state" else view.what,
            "since": _text(view.since),
            "until": _text(view.until),
            "sources": list(view.sources),
            "certain": view.certain,
        }
        for view in views
        for holder in view.holders or (None,)
    ]


def _observation(held: Held) -> dict[str, Any]:
    one = held.observation
    return {
        "id": one.id,
        "as_of": str(one.as_of),
        "value": _text(None) if one.value is None else str(one.value),
        "observers": list(one.observer),
        "verified": one.verified,
        "state": held.state,
        "readings": [
            {"holders": list(holders), "state": state} for holders, state in held.readings.items()
        ],
    }


def _open(standing: Standing, one: Open) -> dict[str, Any]:
    said = one.statement
    return {
        "id": said.id,
        "date": _text(said.date),
        "speakers": list(said.speaker),
        "for": list(said.on_behalf),
        "to": list(said.to),
        "what": said.what,
        "state": one.state,
        "according_to": list(said.according_to),
        "sources": list(standing.appeared(said)),
        "answers": [
            {
                "id": answer.id,
                "date": _text(answer.date),
                "kind": answer.kind,
                "speakers": list(answer.speaker),
                "what": answer.what,
            }
            for answer in one.answers
        ],
    }


def timeline_data(items: Sequence[Item]) -> dict[str, Any]:
    """Return a timeline as plain data."""
    return {
        "entries": [
            {
                "date": str(item.date),
                "earliest": item.date.first_day or None,
                "latest": item.date.last_day or None,
                "kind": item.kind,
                "id": item.id,
                "phase": item.phase or None,
                "what": item.what,
                "by": list(item.by),
                "actors": list(item.actors),
                "according_to": list(item.according_to),
                "sources": list(item.sources),
                "contested": [question.id for question in item.contested],
                "at_odds": [_comparison(one) for one in item.at_odds],
            }
            for item in items
        ]
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    return {"entry": one.entry, "what": one.what, "said": one.said, "found": one.found}
