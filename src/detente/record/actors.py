"""Who there is, who belongs to whom, and where things are said: actors and sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from detente.document.shape import Shape, listed, spelled_out
from detente.record.fields import Actors, Date, Entry, Refers, Supported, Texts

__all__ = ["Actor", "Alias", "Membership", "Relation", "Role", "Source"]


class Alias(Shape):
    """Another name of an actor, and who calls it so from when to when."""

    alias: str
    start: Date | None = Field(None, validation_alias="from")
    end: Date | None = Field(None, validation_alias="to")
    used_by: Actors = ()
    loaded: bool = Field(False, description="True for a name that judges; it is never adopted")


class Role(Supported):
    """An office a person held for an actor."""

    office: str
    of: Annotated[str, Refers(("actor",))]
    start: Date | None = Field(None, validation_alias="from")
    end: Date | None = Field(None, validation_alias="to")


class Membership(Supported):
    """A time as member of a group of actors."""

    group: Annotated[str, Refers(("actor",))]
    start: Date | None = Field(None, validation_alias="from")
    end: Date | None = Field(None, validation_alias="to")


class Actor(Entry):
    """A state, group, organisation, office, outlet or person.

    ``unresolved`` is the kind of a name for nobody in particular, which is kept as it was used.
    """

    name: str
    kind: Literal["state", "group", "organisation", "outlet", "person", "unresolved"] = "state"
    aliases: Annotated[
        tuple[Annotated[Alias, spelled_out("alias", Alias)], ...],
        listed(str | Alias, single=str | Alias),
    ] = ()
    roles: Annotated[tuple[Role, ...], listed(Role, single=Role)] = ()
    member_of: Annotated[
        tuple[Annotated[Membership, spelled_out("group", Membership)], ...],
        listed(str | Membership, single=str | Membership),
    ] = ()


class Source(Shape):
    """A document, page or data set. What is not known of it is left out."""

    id: SkipJsonSchema[str] = Field("", validation_alias="\0id")
    title: str
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    date: Date | None = Field(None, description="When it appeared; leave out where unknown")
    kind: str | None = None
    known: dict[str, Literal["given", "from-url", "inferred"]] = Field(
        {}, description="How its title, author, date or url is known, where that needs saying"
    )
    wording: dict[str, int] = Field(
        {}, description="Loaded words and how often they stand in it; a property of the source"
    )
    furniture: Texts = Field((), description="Parts that are no content: menus, comment forms")
    note: str | None = None
    fact: str | None = None


class Relation(Entry):
    """An alliance, support or dependence that somebody says there is."""

    who: Actors
    kind: str
    to: Actors
    start: Date | None = Field(None, validation_alias="from")
    end: Date | None = Field(None, validation_alias="until")
    what: str | None = None
