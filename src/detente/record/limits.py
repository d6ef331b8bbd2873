"""Whether a commitment was kept: its limit held against the latest observations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from detente.record.accounts import Asked
from detente.record.dates import ALWAYS, When
from detente.record.entries import Commitment, Limit, Observation
from detente.record.quantities import within

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = ["Held", "Observations", "hold_limit"]


class Held(NamedTuple):
    """A limit held against what one observer saw last.

    Attributes
    ----------
    observation : Observation
    state : str
        ``kept``, ``exceeded`` or ``unknown``.
    readings : mapping of tuple of str to str
        Where it is disputed whether the number is a limit: what it comes to for those who read it
        so.
    """

    observation: Observation
    state: str
    readings: Mapping[tuple[str, ...], str]


class Observations:
    """The observations of a record by quantity and owner, sorted by the date they are for."""

    def __init__(self, record: Record) -> None:
        self._all: dict[tuple[str, str | None], list[Observation]] = {}
        for one in record.of_kind(Observation):
            self._all.setdefault((one.quantity, one.of), []).append(one)
        self._days: dict[tuple[str, str | None], list[int]] = {}
        self._observers: dict[tuple[str, str | None], int] = {}
        for key, found in self._all.items():
            found.sort(key=lambda one: (one.as_of.latest, one.id))
            self._days[key] = [one.as_of.latest for one in found]
            self._observers[key] = len({one.observer for one in found})

    def latest(
        self, asked: Asked, quantity: str, owner: str, start: When | None
    ) -> list[Observation]:
        """Return the latest observation of each observer, as far as known.

        One that does not say whose it is counts for every owner.

        One for a day before `start` is about something that was not owed yet.
        """
        first = ALWAYS if start is None else start.earliest
        latest: dict[tuple[str, ...], Observation] = {}
        for of in (owner, None):
            for one in self._seen(asked, (quantity, of)):
                # where the last that an observer saw is too early, all that came before it is
                other = latest.get(one.observer)
                newer = other is None or one.as_of.latest > other.as_of.latest
                if one.as_of.latest >= first and newer:
                    latest[one.observer] = one
        return list(latest.values())

    def _seen(self, asked: Asked, key: tuple[str, str | None]) -> list[Observation]:
        """Return the latest that each observer saw of one owner's quantity, as far as known."""
        found = asked.seen.get(key)
        if found is not None:
            return found
        days = self._days.get(key, [])
        latest: dict[tuple[str, ...], Observation] = {}
        for k in range(bisect_right(days, asked.at) - 1, -1, -1):
            if len(latest) == self._observers[key]:
                break
            one = self._all[key][k]
            if one.observer in latest or not asked.sees(one.id):
                continue
            if asked.counts(one.according_to):
                latest[one.observer] = one
        asked.seen[key] = list(latest.values())
        return asked.seen[key]


def hold_limit(
    asked: Asked, commitment: Commitment, observations: Observations, start: When | None
) -> tuple[str, list[Held]]:
    """Return whether a limit was kept on the day asked about, and by what that is told.

    Returns
    -------
    state : str
        ``kept``, ``exceeded``, ``unknown`` or ``contested``.
    held : list of Held
        The limit held against the last that each observer saw; first what tells the state.
    """
    limit = commitment.limit
    assert limit is not None
    held: list[Held] = []
    states = set()
    for debtor in commitment.debtors:
        seen = observations.latest(asked, limit.quantity, debtor, start)
        own = [_hold(asked, limit, one) for one in seen]
        states.add(_agreed(asked, own))
        told = {one.observation.id for one in held}
        held += [one for one in own if one.observation.id not in told]
    # what several owe together is kept if each keeps it
    overall = next(
        (one for one in ("exceeded", "contested", "unknown", "kept") if one in states), "unknown"
    )
    # the newest of those that tell the state comes first
    if len(held) > 1:
        held.sort(key=lambda one: (one.state != overall, -one.observation.as_of.latest))
    return overall, held


def _agreed(asked: Asked, held: Sequence[Held]) -> str:
    """Return what the observers of one owner's quantity come to."""
    for chosen in ([one for one in held if asked.own(one.observation.observer)], held):
        states = {one.state for one in chosen}
        if len(states) == 1:
            return states.pop()
        # an observer who saw too little to tell does not gainsay one who could tell
        states.discard("unknown")
        if states:
            return states.pop() if len(states) == 1 else "contested"
    return "unknown"


def _hold(asked: Asked, limit: Limit, observation: Observation) -> Held:
    kept = None if observation.value is None else within(observation.value, limit.value)
    as_cap = _AS_CAP[kept]
    if not limit.readings:
        return Held(observation, _read_as(limit.kind, as_cap), {})
    readings = {
        one.according_to: _read_as(one.kind, as_cap)
        for one in limit.readings
        if asked.record.known_from(one) <= asked.limit
    }
    if not readings:
        return Held(observation, _read_as(limit.kind, as_cap), {})
    own = {value for holders, value in readings.items() if asked.own(holders)}
    states = own or set(readings.values())
    return Held(observation, states.pop() if len(states) == 1 else "contested", readings)


_AS_CAP = {True: "kept", False: "exceeded", None: "unknown"}


def _read_as(kind: str, as_cap: str) -> str:
    """Return what a limit comes to by its kind, from what it comes to as a cap.

    A number that is no bound cannot be exceeded; below it there is nothing to dispute.
    """
    return as_cap if kind == "cap" or as_cap == "kept" else "unknown"
