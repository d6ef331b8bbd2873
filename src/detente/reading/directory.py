"""The actors of a dossier by everything they are called: names, aliases, offices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from detente.record.actors import Actor
from detente.record.dates import DateError, When, parse_when
from detente.record.entries import Agreement
from detente.record.record import Record

__all__ = ["Directory", "Known", "office_words", "same_office"]

_WORD = re.compile(r"[^\W_]+")
#: one office has several words
_OFFICE_WORDS = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair",
    "chairwoman": "chair", "chairperson": "chair", "premier": "prime-minister", "fm": "foreign",
    "pm": "prime-minister", "negotiators": "negotiator", "ministry": "minister", "top": "chief",
    "lead": "chief", "head": "chief", "leader": "chief", "department": "", "dept": "",
    "director": "chief", "adviser": "advisor", "defence": "defense",
}  # fmt: skip
_IDLE = frozenset(
    [
        "the",
        "of",
        "for",
        "a",
        "an",
        "and",
        "to",
        "at",
        "in",
        "on",
        "new",
        "former",
        "acting",
        "interim",
        "then",
        "its",
        "his",
        "her",
        "their",
        "current",
        "old",
    ]
)
#: a name this alike is another spelling of it
_ALIKE = 88


class Known(NamedTuple):
    """A name of an actor, and whether it judges."""

    actor: Actor
    loaded: bool


@lru_cache(maxsize=4_096)
def office_words(office: str) -> frozenset[str]:
    """Return the words of an office that tell it from others, in one form each."""
    lower = office.lower().replace("prime minister", "premier")
    words = (_OFFICE_WORDS.get(one, one) for one in _WORD.findall(lower))
    return frozenset(one for one in words if one and one not in _IDLE)


def same_office(one: str, other: str) -> bool:
    """Tell whether one office is the other in fewer words."""
    a, b = office_words(one), office_words(other)
    return bool(a and b) and (a <= b or b <= a)


@dataclass(frozen=True)
class Directory:
    """What a dossier calls its actors.

    Attributes
    ----------
    names : mapping of str to sequence of (Known, from, to)
        By the name in small letters.
    actors : mapping of str to Actor
        By id.
    things : frozenset of str
        Names and ids of agreements, in small letters.
    day : When or None
        When the text was published.
    fuzzy : callable or None
        Finds the person of a name in another spelling, where a library for it is installed.
    """

    names: Mapping[str, Sequence[tuple[Known, When | None, When | None]]]
    actors: Mapping[str, Actor]
    things: frozenset[str]
    day: When | None
    fuzzy: Callable[[str], Actor | None] | None

    @classmethod
    def of(cls, record: Record | None, published: str | None) -> Directory:
        """Index the actors of a record, as things were called on a day."""
        names: dict[str, list[tuple[Known, When | None, When | None]]] = {}
        actors = {} if record is None else {one.id: one for one in record.of_kind(Actor)}
        for actor in actors.values():
            names.setdefault(_key(actor.name), []).append((Known(actor, False), None, None))
            for alias in actor.aliases:
                known = Known(actor, alias.loaded)
                names.setdefault(_key(alias.alias), []).append((known, alias.start, alias.end))
        try:
            day = parse_when(published) if published else None
        except DateError:
            day = None
        things = frozenset(
            _key(name)
            for one in (() if record is None else record.of_kind(Agreement))
            for name in (one.id, one.name)
        )
        return cls(names, actors, things, day, _fuzzy(actors.values()))

    def is_thing(self, name: str) -> bool:
        """Tell whether a name is that of an agreement, which can say nothing."""
        return _key(name) in self.things

    def find(self, name: str) -> Known | None:
        """Return the actor of a name; of several the one that was called so on the day."""
        found = self.names.get(_key(name), ())
        fits = [known for known, start, end in found if self._then(start, end)]
        return fits[0] if fits else found[0][0] if found else None

    def find_alike(self, name: str) -> Actor | None:
        """Return the one person whose name is another spelling of this one."""
        if self.fuzzy is None or " " not in name.strip():
            return None
        return self.fuzzy(name)

    def in_office(self, office: str, of: str | None) -> Actor | None:
        """Return the one person who held an office on the day, where just one did."""
        wanted = office_words(office)
        if not wanted or self.day is None:
            return None
        holders = {
            actor.id: actor
            for actor in self.actors.values()
            for role in actor.roles
            if (of is None or role.of == of)
            and wanted <= office_words(role.office)
            and self._then(role.start, role.end)
            and "not named" not in role.office
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _then(self, start: When | None, end: When | None) -> bool:
        if self.day is None:
            return True
        return (start is None or start.earliest <= self.day.latest) and (
            end is None or self.day.earliest <= end.latest
        )


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").lower().split())


def _fuzzy(actors: Iterable[Actor]) -> Callable[[str], Actor | None] | None:
    people = {
        alias: actor
        for actor in actors
        if actor.kind == "person"
        for alias in (actor.name, *(one.alias for one in actor.aliases if not one.loaded))
        if " " in alias
    }
    if not people:
        return None
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415
    except ImportError:
        return None
    choices = list(people)

    @lru_cache(maxsize=4_096)
    def find(name: str) -> Actor | None:
        found = process.extractOne(name, choices, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
        return None if found is None else people[found[0]]

    return find
