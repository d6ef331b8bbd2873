"""Whether an office that a text gives a person is one that the record has for the person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detente.reading.directory import Directory, office_words, same_office
from detente.reading.grammar.states import state_of
from detente.record.actors import Actor, Role
from detente.record.dates import ALWAYS, When
from detente.record.record import Record

__all__ = ["is_former", "same_role", "same_side"]

_FORMER = re.compile(r"(?:former|ex|one-time|onetime|erstwhile|late|then)[ -]", re.I)
#: one office has several names
_NAMES = (
    (re.compile(r"\b(?:head|chief|director) of (?:the )?cabinet\b|\bchef de cabinet\b", re.I),
     "chief of staff"),
    (re.compile(r"\bpress secretary\b", re.I), "spokesperson"),
    (re.compile(r"\bpermanent representative\b", re.I), "ambassador"),
)  # fmt: skip
#: a deputy minister is no minister
_RANKS = frozenset(
    ["deputy", "vice", "assistant", "associate", "under", "undersecretary", "elect", "nominee"]
)
#: "the EU's top diplomat", "its coordinator" name no office: who is one may hold any
_LOOSE = frozenset(
    ["chief", "leader", "head", "boss", "strongman", "diplomat", "official", "politician", "aide",
     "negotiator", "mediator", "coordinator", "envoy", "figure", "lawmaker"]
)  # fmt: skip
_AND = re.compile(r"\s*(?:/|,|;|\band\b|&)\s*")


def is_former(office: str) -> bool:
    """Tell whether an office is said to be held no more: former foreign minister."""
    return _FORMER.match(office) is not None


def same_role(said: str, held: str) -> bool | None:
    """Tell whether an office in one wording is one in another; None where that stays open."""
    found = list(_offices(said))
    known = list(_offices(held))
    whole, parts = found[0], found[1:]
    if _among(whole, known) or (parts and all(_among(one, known) for one in parts)):
        return True
    last = whole.rsplit(" ", 1)[-1].lower()
    # "the minister" may be short for a deputy one
    short = len(office_words(whole)) <= 1 and any(same_office(whole, one) for one in known)
    return None if last in _LOOSE or short or not office_words(whole) else False


def _offices(office: str) -> Iterator[str]:
    """Yield an office as a whole, and those that it is made of, where it is several."""
    for pattern, name in _NAMES:
        office = pattern.sub(name, office)
    yield office
    parts = [one for one in _AND.split(office) if one]
    if len(parts) > 1:
        yield from parts


def _among(one: str, known: Sequence[str]) -> bool:
    return any(same_office(one, other) and _rank(one) == _rank(other) for other in known)


def _rank(office: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", office.lower())) & _RANKS


def same_side(
    record: Record, directory: Directory, of: str, role: Role, day: When | None
) -> bool | None:
    """Tell whether an office is one of whom the text says; None where it is no state."""
    name = of.removeprefix("the ").strip()
    known = directory.find(name) or directory.find(state_of(name) or name)
    at = day.earliest if day is not None else ALWAYS
    sides = set(record.groups_of(role.of, at))
    owner = record.entries.get(role.of)
    if known is None or known.actor.kind != "state":
        return None
    if not isinstance(owner, Actor) or owner.kind != "state":
        # what a body belongs to is not always in the record
        return True if known.actor.id in sides else None
    return role.of == known.actor.id
