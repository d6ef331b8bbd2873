"""The record: all entries of a dossier by id, and what is worked out from them once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from detente.errors import Place
from detente.record.accounts import Compiled, compile_account
from detente.record.actors import Actor, Relation, Source
from detente.record.calendar import Calendar
from detente.record.dates import ALWAYS, NEVER, When
from detente.record.entries import (
    Agreement,
    AnyEntry,
    Commitment,
    Event,
    Measure,
    Mechanism,
    Milestone,
    Observation,
    Question,
    Statement,
)
from detente.record.fields import Account, Supported
from detente.record.limits import Observations

if TYPE_CHECKING:
    from detente.record.standing import Standing
    from detente.record.viewpoint import Viewpoint

__all__ = ["Record", "kind_of_entry"]

E = TypeVar("E", bound="AnyEntry")


def kind_of_entry(entry: AnyEntry) -> str:
    """Return the kind of an entry as a word: ``statement``, ``measure`` and so on."""
    return type(entry).__name__.lower()


#: what is worked out once
_PREPARED = (
    "entry_from", "observations", "replies", "called", "with_due_date", "demands_and_offers",
    "members", "measure_accounts", "milestones",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """Everything a dossier holds, checked.

    Attributes
    ----------
    name, title : str
        What was read, and what it is called.
    entries : mapping of str to entry
        All entries by id, in the order of the files.
    places : mapping of str to Place
        Where each entry stands.
    as_of_default : When or None
        The day the dossier is for, where it says one.
    sha256 : str
        Of all its files.
    """

    name: str
    title: str
    entries: Mapping[str, AnyEntry] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    as_of_default: When | None = None
    sha256: str = ""

    def of_kind(self, kind: type[E]) -> Sequence[E]:
        """Return all entries of one kind, in the order of the files."""
        return cast("Sequence[E]", self._by_kind.get(cast("type[AnyEntry]", kind), ()))

    @cached_property
    def _by_kind(self) -> dict[type[AnyEntry], list[AnyEntry]]:
        by_kind: dict[type[AnyEntry], list[AnyEntry]] = {}
        for entry in self.entries.values():
            by_kind.setdefault(type(entry), []).append(entry)
        return by_kind

    @cached_property
    def milestones(self) -> Mapping[str, Milestone]:
        """Return all milestones by ``agreement.milestone``."""
        return {
            f"{agreement.id}.{name}": milestone
            for agreement in self.of_kind(Agreement)
            for name, milestone in agreement.milestones.items()
        }

    # -- since when a thing is known -------------------------------------------------------------

    def known_from(self, part: Supported, *own: When | None) -> int:
        """Return the second from which on a part of the record was known.

        It is when it was `reported`, if that is given. Otherwise it is its own date, or the
        first of its dated sources if that came later: nobody can know a thing before it happens,
        and the record cannot show that anybody did before a source said so. Undated sources tell
        nothing.

        Parameters
        ----------
        part : Supported
            An entry, an account, a view, a role.
        own : When or None
            Its own dates; the first of them counts.
        """
        if part.reported is not None:
            return part.reported.begun
        happened = min((when.begun for when in own if when is not None), default=ALWAYS)
        said = [
            self.source_from[ref.source] for ref in part.sources if ref.source in self.source_from
        ]
        return max(happened, min(said)) if said else happened

    @cached_property
    def source_from(self) -> Mapping[str, int]:
        """Return the first second at which each dated source can have appeared."""
        return {
            source.id: source.date.earliest
            for source in self.of_kind(Source)
            if source.date is not None
        }

    @cached_property
    def entry_from(self) -> Mapping[str, int]:
        """Return the second from which on each entry was known."""
        return {id_: self._entry_from(entry) for id_, entry in self.entries.items()}

    def _entry_from(self, entry: AnyEntry) -> int:
        match entry:
            case Event():
                dates = [self.known_from(date, date.date) for date in entry.date if date.sources]
                whole = self.known_from(entry, *(date.date for date in entry.date))
                return min([*dates, whole])
            case Statement():
                return self.known_from(entry, entry.date)
            case Observation():
                return self.known_from(entry, entry.as_of)
            case Relation():
                return self.known_from(entry, entry.start)
            case Question():
                views = [self.known_from(view, view.held, start_of(view)) for view in entry.views]
                return (
                    self.known_from(entry, entry.raised)
                    if entry.raised
                    else min(views, default=ALWAYS)
                )
            case Agreement():
                days = [stone.date for stone in entry.milestones.values() if stone.date]
                days += [day for one in entry.status if (day := start_of(one)) is not None]
                return self.known_from(entry, *days)
            case Commitment() | Mechanism():
                known = self.known_from(entry)
                agreement = self.entries.get(entry.agreement or "")
                concluded = self._entry_from(agreement) if agreement is not None else ALWAYS
                return max(known, concluded)
            case Measure():
                known = self.known_from(entry)
                begun = [self.known_from(one, start_of(one)) for one in entry.status]
                return max(known, min(begun)) if begun else known
            case _:
                return ALWAYS

    # -- what is looked up often ------------------------------------------------------------------

    @cached_property
    def observations(self) -> Observations:
        """Return the observations, ready to be asked for the latest."""
        return Observations(self)

    @cached_property
    def replies(self) -> Mapping[str, Sequence[tuple[str, Statement]]]:
        """Return what was said to each statement: how (answers, replaces, withdraws) and what."""
        replies: dict[str, list[tuple[str, Statement]]] = {}
        for statement in self.of_kind(Statement):
            for link in ("answers", "replaces", "withdraws"):
                for id_ in getattr(statement, link):
                    replies.setdefault(id_, []).append((link, statement))
        return replies

    @cached_property
    def called(self) -> Sequence[Statement]:
        """Return the statements that somebody calls something else."""
        return [one for one in self.of_kind(Statement) if one.called]

    @cached_property
    def with_due_date(self) -> Sequence[Statement]:
        """Return the statements that name a day by which something should be."""
        return [one for one in self.of_kind(Statement) if one.due is not None]

    @cached_property
    def demands_and_offers(self) -> Sequence[Statement]:
        """Return the demands and the offers."""
        return [one for one in self.of_kind(Statement) if one.kind in ("demand", "offer")]

    @cached_property
    def questions_about(self) -> Mapping[str, Sequence[Question]]:
        """Return for each entry the contested questions that are about it."""
        about: dict[str, list[Question]] = {}
        for question in self.of_kind(Question):
            for id_ in question.about:
                about.setdefault(id_, []).append(question)
        return about

    @cached_property
    def measure_accounts(self) -> Mapping[str, Sequence[Compiled]]:
        """Return the accounts of each measure with their dates as seconds.

        Measures that count from milestones are left out: when those fall hangs on what was known.
        """
        calendar = Calendar(self, NEVER)
        return {
            measure.id: [compile_account(self, calendar, one, None) for one in measure.status]
            for measure in self.of_kind(Measure)
            if not any(
                anchor is not None and anchor.milestone
                for one in measure.status
                for anchor in (one.start, one.end)
            )
        }

    def prepare(self) -> None:
        """Work out what every question needs, so that the first is answered as fast as the next."""
        for name in _PREPARED:
            getattr(self, name)

    # -- who belongs to whom ---------------------------------------------------------------------

    @cached_property
    def members(self) -> Mapping[str, Sequence[tuple[str, int, int]]]:
        """Return for each group its members, each with the seconds from and to which it was one."""
        members: dict[str, list[tuple[str, int, int]]] = {}
        for actor in self.of_kind(Actor):
            for one in actor.member_of:
                low = one.start.earliest if one.start else ALWAYS
                high = one.end.earliest if one.end else 2**62
                members.setdefault(one.group, []).append((actor.id, low, high))
        return members

    def groups_of(self, actor: str, at: int) -> Iterator[str]:
        """Yield an actor and every group it belongs to at a second, groups of groups included."""
        waiting, seen = [actor], set()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            yield one
            entry = self.entries.get(one)
            if isinstance(entry, Actor):
                waiting += [
                    m.group
                    for m in entry.member_of
                    if (m.start is None or m.start.earliest <= at)
                    and (m.end is None or at < m.end.earliest)
                ]

    def in_office(self, person: str, actor: str, at: int) -> bool:
        """Tell whether somebody can have held an office of an actor at a second."""
        entry = self.entries.get(person)
        return isinstance(entry, Actor) and any(
            role.of == actor
            and (role.start is None or role.start.earliest <= at)
            and (role.end is None or at <= role.end.latest)
            for role in entry.roles
        )

    # -- asking ----------------------------------------------------------------------------------

    def as_of(
        self,
        on: When | str,
        *,
        known_by: When | str | None = None,
        viewpoint: Viewpoint | str | Sequence[str] | None = None,
    ) -> Standing:
        """Return how things stood on a date.

        Parameters
        ----------
        on : When or str
            The date. A day is asked about as it was when it was over (in UTC).
        known_by : When or str, optional
            Leave out what was first said later than this; by default nothing is left out.
        viewpoint : Viewpoint, str or sequence of str, optional
            Whose accounts count: an actor (``"usa"``; ``"usa@2021-03-01"`` for what it held on
            that day), several, or by default all side by side, and then no side is picked.

        Raises
        ------
        DetenteError
            ``bad-date`` or ``unknown-id``.
        """
        # standing reads the record, so the record can only name it here
        from detente.record.stand import stand  # noqa: PLC0415

        return stand(self, on, known_by=known_by, viewpoint=viewpoint)


def start_of(account: Account) -> When | None:
    """Return the date an account begins with, where it is a date."""
    return account.start.when if account.start is not None else None
