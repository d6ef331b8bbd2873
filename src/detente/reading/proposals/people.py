"""The actors that draft entries name: those of the record by their ids, new ones as drafts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from detente.document.emit import Tree
from detente.reading.against import is_former
from detente.reading.directory import Directory
from detente.reading.found import AUTHOR, Who
from detente.record.actors import Actor
from detente.record.record import Record

__all__ = ["People", "Person", "free_id"]

_SIGNS = re.compile(r"\W+")
#: kinds of those found -> kinds of actors; an office alone is nobody in particular
_KINDS = {
    "person": "person",
    "state": "state",
    "organisation": "organisation",
    "group": "group",
    "office": "unresolved",
    "outlet": "outlet",
    AUTHOR: "person",
}


def free_id(words: str, taken: Collection[str], *, otherwise: str) -> str:
    """Return an id made of words that is not taken: small letters, digits and ``_``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    base = _SIGNS.sub("_", plain.lower()).strip("_")[:40].rstrip("_")
    if not base or not base[0].isalpha():
        base = otherwise
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name


@dataclass
class Person:
    """A new actor: its id, its entry, and where the text names it first."""

    id: str
    who: Who
    entry: dict[str, Tree]


@dataclass
class People:
    """Everybody whom drafts name.

    Attributes
    ----------
    record : Record or None
    directory : Directory
        Of the record.
    taken : set of str
        Ids in use.
    new : mapping of str to Person
        New actors by name.
    """

    record: Record | None
    directory: Directory
    taken: set[str]
    new: dict[str, Person] = field(default_factory=dict)

    def id_of(self, who: Who) -> str:
        """Return the id of an actor, and make a draft of a new one."""
        if who.actor is not None:
            return who.actor
        known = self.directory.find(who.name)
        if known is not None:
            return known.actor.id
        person = self.new.get(who.name)
        if person is None:
            # whoever wrote an article that names no author has no name to go by
            called = AUTHOR if who.kind == AUTHOR else who.name
            last = called.rsplit(" ", 1)[-1] if who.kind == "person" else called
            id_ = free_id(last, self.taken, otherwise="actor")
            self.taken.add(id_)
            entry: dict[str, Tree] = {
                "name": who.name,
                "kind": _KINDS.get(who.kind, "unresolved"),
            }
            person = self.new[who.name] = Person(id_, who, entry)
        return person.id

    def known(self, name: str) -> str | None:
        """Return the id of an actor of the record or of a new one by its name."""
        found = self.directory.find(name)
        if found is not None:
            return found.actor.id
        person = self.new.get(name)
        return None if person is None else person.id

    def speaker(self, who: Who) -> tuple[str, str]:
        """Return who speaks, and the office where nobody is named by name.

        The state or body whose office it is speaks, where it is known: "the Iranian foreign
        ministry" speaks for Iran.
        """
        nameless = who.kind in ("office", "organisation") and who.actor is None
        if nameless and who.of and self.known(who.name) is None:
            owner = self.known(who.of)
            if owner is not None:
                return owner, who.office or who.name
        return self.id_of(who), ""

    def add_roles(self, roles: Collection[Who], source: Mapping[str, Tree]) -> None:
        """Give new persons the offices that the text gives them, where it tells whose."""
        for who in roles:
            person = self.new.get(who.name)
            owner = self.known(who.of) if who.of else None
            if person is None or owner is None or "roles" in person.entry:
                continue
            if is_former(who.office):
                continue
            person.entry["roles"] = [{"office": who.office, "of": owner, "sources": [source]}]

    def actor(self, id_: str) -> Actor | None:
        """Return an actor of the record."""
        entry = None if self.record is None else self.record.entries.get(id_)
        return entry if isinstance(entry, Actor) else None
