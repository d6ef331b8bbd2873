"""Demands and offers that stand open, with what was answered; and what others call a statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detente.record.accounts import Asked
from detente.record.entries import Statement

__all__ = ["Called", "Open", "called_otherwise", "open_statements", "same_voice"]


class Open(NamedTuple):
    """A demand or an offer that nobody has accepted, withdrawn or replaced.

    `state` is ``open``, or ``refused`` where it was refused and still stands.
    """

    statement: Statement
    state: str
    answers: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Called:
    """A statement that somebody calls something else than it is entered as."""

    statement: Statement
    kinds: Sequence[tuple[str, tuple[str, ...]]]


def open_statements(asked: Asked) -> tuple[list[Open], list[Open]]:
    """Return the demands and the offers that stood open, the oldest first."""
    found: dict[str, list[Open]] = {"demand": [], "offer": []}
    known, at, limit = asked.record.entry_from, asked.at, asked.limit
    all_replies = asked.record.replies
    for statement in asked.record.demands_and_offers:
        # as `_stood` asks, in one line, since there may be many thousands
        if (statement.date and statement.date.begun > at) or known[statement.id] > limit:
            continue
        if statement.according_to and not asked.counts(statement.according_to):
            continue
        replies = all_replies.get(statement.id)
        if not replies:
            found[statement.kind].append(Open(statement, "open", ()))
            continue
        told = [(link, one) for link, one in replies if _stands(asked, one)]
        if any(_closes(link, one, statement) for link, one in told):
            continue
        answers = [one for link, one in told if link == "answers"]
        refused = any(one.kind == "refusal" and _meant(one, statement) for one in answers)
        found[statement.kind].append(Open(statement, "refused" if refused else "open", answers))
    for some in found.values():
        some.sort(key=lambda one: one.statement.date.earliest if one.statement.date else 0)
    return found["demand"], found["offer"]


def _stands(asked: Asked, statement: Statement) -> bool:
    """Tell whether a statement had been made and not been withdrawn by its holder."""
    replies = asked.record.replies.get(statement.id, ())
    return _stood(asked, statement) and not any(
        link == "withdraws" and same_voice(one, statement) and _stood(asked, one)
        for link, one in replies
    )


def _closes(link: str, one: Statement, statement: Statement) -> bool:
    """Tell whether a demand or offer is closed: accepted by whom it is meant for, or taken back."""
    if link == "answers":
        return one.kind == "acceptance" and _meant(one, statement)
    return same_voice(one, statement)


def _meant(answer: Statement, statement: Statement) -> bool:
    """Tell whether those who answer are among those addressed, where these are named."""
    return not statement.to or not _voices(answer).isdisjoint(statement.to)


def same_voice(one: Statement, other: Statement) -> bool:
    """Tell whether two statements have a holder in common."""
    return not _voices(one).isdisjoint(_voices(other))


def _voices(statement: Statement) -> set[str]:
    return {*statement.speaker, *statement.on_behalf}


def _stood(asked: Asked, statement: Statement) -> bool:
    """Tell whether a statement had been made, was known, and counts."""
    if statement.date is not None and statement.date.begun > asked.at:
        return False
    return asked.sees(statement.id) and asked.counts(statement.according_to)


def called_otherwise(asked: Asked) -> list[Called]:
    """Return the statements whose kind itself is disputed, and who calls them what."""
    found = []
    for statement in asked.record.called:
        if not _stood(asked, statement):
            continue
        kinds = [
            (one.kind, one.according_to)
            for one in statement.called
            if asked.record.known_from(one) <= asked.limit and asked.counts(one.according_to)
        ]
        if kinds:
            found.append(Called(statement, kinds))
    return found
