"""Accounts side by side: how a thing stood at a second, according to whom.

The one rule by which the record takes no side. An account counts for the question when it was
known, covers the second asked about, and was held. Where all that count agree there is one answer;
where they differ the thing is contested; where none covers the second nobody says so. A viewpoint
lets only the accounts of its actors decide. If they have none, it decides nothing, and the answer
is the one without a viewpoint: nobody is given words that the record does not have of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from detente.record.actors import Actor
from detente.record.calendar import Calendar
from detente.record.dates import ALWAYS, NEVER, When
from detente.record.fields import Account
from detente.record.viewpoint import Viewpoint

if TYPE_CHECKING:
    from detente.record.entries import Observation
    from detente.record.record import Record

__all__ = ["AccountView", "Asked", "Compiled", "compile_account", "fold_accounts"]


class AccountView(NamedTuple):
    """One account as it stood.

    Attributes
    ----------
    holders : tuple of str
        Who holds it; empty for what nobody disputes.
    state : str
    since, until : When or None
        From when to when it says so; None where it is open, or where the end came later than what
        was known.
    sources : tuple of str
        Ids of its sources, as far as they had appeared.
    certain : bool
        False where its dates leave open whether it covers the second asked about.
    what : str or None
        The account in words, where it has some.
    because : tuple of str
        Ids of the entries it rests on, as far as they were known.
    """

    holders: tuple[str, ...]
    state: str
    since: When | None
    until: When | None
    sources: tuple[str, ...]
    certain: bool = True
    what: str | None = None
    because: tuple[str, ...] = ()


class Compiled(NamedTuple):
    """An account with its dates as seconds, so that many can be asked quickly."""

    start: When | None
    end: When | None
    begins: int
    begun: int
    ends: int
    ended: int
    held_from: int
    held_to: int
    known: int
    state: str
    account: Account
    sources: tuple[str, ...]
    appeared: int


def compile_account(
    record: Record, calendar: Calendar, account: Account, agreement: str | None
) -> Compiled:
    """Return an account with its dates as seconds, as far as its milestones are known."""
    start = calendar.resolve(account.start, agreement)
    end = calendar.resolve(account.end, agreement)
    missing = account.start is not None and start is None
    begins, begun = (start.earliest, start.latest) if start else (ALWAYS, ALWAYS)
    if missing:
        # counted from a milestone that has not been reached
        begins = begun = NEVER
    ends, ended = (end.earliest, end.latest) if end else (NEVER, NEVER)
    held = account.held
    cited = tuple(dict.fromkeys(ref.source for ref in account.sources))
    return Compiled(
        start,
        end,
        begins,
        begun,
        ends,
        ended,
        held.earliest if held else begins,
        held.latest if held else NEVER,
        NEVER if missing else record.known_from(account, held or start),
        getattr(account, "state", ""),
        account,
        cited,
        max((record.source_from.get(id_, ALWAYS) for id_ in cited), default=ALWAYS),
    )


@dataclass
class Asked:
    """What is asked: which second, known by when, whose viewpoint.

    Attributes
    ----------
    on : When
    at : int
        The second that is asked about: the last of `on`.
    known_by : When or None
    limit : int
        What was known from a later second on is left out.
    """

    record: Record
    on: When
    at: int
    known_by: When | None
    limit: int
    viewpoint: Viewpoint | None

    def __post_init__(self) -> None:
        self.calendar = Calendar(self.record, self.limit)
        held = None if self.viewpoint is None else self.viewpoint.held_on
        self.held_at = self.at if held is None else held.latest
        #: the latest observations by quantity and owner, as they are asked for
        self.seen: dict[tuple[str, str | None], list[Observation]] = {}
        self._own: dict[tuple[str, ...], bool] = {(): False}

    def sees(self, id_: str) -> bool:
        """Tell whether an entry was known."""
        return self.record.entry_from.get(id_, ALWAYS) <= self.limit

    def own(self, holders: tuple[str, ...]) -> bool:
        """Tell whether an account with these holders is one of the viewpoint's.

        It is if the viewpoint names a holder, a member of a group that holds it, a group all of
        whose members hold it, a state or organisation one of whose organs holds it, or an actor
        for whom a holder is in office.
        """
        if self.viewpoint is None:
            return False
        found = self._own.get(holders)
        if found is None:
            found = any(self._holds(actor, holders) for actor in self.viewpoint.actors)
            self._own[holders] = found
        return found

    def _holds(self, actor: str, holders: Sequence[str]) -> bool:
        if not set(holders).isdisjoint(self.record.groups_of(actor, self.at)):
            return True
        members = {
            one for one, low, high in self.record.members.get(actor, ()) if low <= self.at < high
        }
        entry = self.record.entries[actor]
        if any(self.record.in_office(holder, actor, self.at) for holder in holders):
            return True
        if isinstance(entry, Actor) and entry.kind == "group":
            return bool(members) and members <= set(holders)
        return not members.isdisjoint(holders)

    def counts(self, holders: tuple[str, ...]) -> bool:
        """Tell whether what these report counts: nobody reports it, or the viewpoint does."""
        return not holders or self.viewpoint is None or self.own(holders)

    def compiled(self, accounts: Iterable[Account], agreement: str | None) -> list[Compiled]:
        """Return accounts with their dates as seconds."""
        return [
            compile_account(self.record, self.calendar, account, agreement) for account in accounts
        ]

    def view(
        self, one: Compiled, *, certain: bool = True, holders: tuple[str, ...] | None = None
    ) -> AccountView:
        """Return an account as it stood."""
        # an end that nobody had told yet is no end, and a source that had not appeared is none
        until = one.end if one.ends <= self.limit else None
        cited, appeared = one.sources, self.record.source_from
        if one.appeared > self.limit:
            cited = tuple(id_ for id_ in cited if appeared.get(id_, ALWAYS) <= self.limit)
        held_by = one.account.according_to if holders is None else holders
        because = one.account.because
        # a large record has many, and most questions leave nothing out
        if because and self.limit != NEVER:
            because = tuple(id_ for id_ in because if self.sees(id_.partition(".")[0]))
        return AccountView(
            held_by, one.state, one.start, until, cited, certain, one.account.what, because
        )

    def covering(self, accounts: Sequence[Compiled]) -> list[AccountView]:
        """Return the accounts that cover the second asked about, of each holder the latest view."""
        at, limit, held_at = self.at, self.limit, self.held_at
        found: list[tuple[Compiled, bool]] = []
        for one in accounts:
            if one.begins > at or one.known > limit:
                continue
            # an end that nobody had told yet is no end
            ends = one.ends if one.ends <= limit else NEVER
            if at >= ends and at >= one.ended:
                continue
            if one.account.according_to and not one.held_from <= held_at <= one.held_to:
                continue
            found.append((one, one.begun <= at < ends))
        if not found:
            return []
        if len(found) == 1:
            return [self.view(found[0][0], certain=found[0][1])]
        latest: dict[str, int] = {}
        for one, _ in found:
            for holder in one.account.according_to:
                latest[holder] = max(latest.get(holder, ALWAYS), one.held_from)
        views = []
        for one, certain in found:
            # a holder who took up another account later no longer holds this one
            holders = tuple(h for h in one.account.according_to if latest[h] == one.held_from)
            if holders or not one.account.according_to:
                views.append(self.view(one, certain=certain, holders=holders))
        return views


def fold_accounts(
    asked: Asked,
    views: Sequence[AccountView],
    *,
    otherwise: str,
    state: Callable[[AccountView], str] = lambda view: view.state,
) -> str:
    """Return the one state that accounts come to.

    Parameters
    ----------
    asked : Asked
    views : sequence of AccountView
        Those that cover the second asked about.
    otherwise : str
        The state where no account covers it.

    Returns
    -------
    str
        A state of the accounts, `otherwise`, ``contested`` or ``unknown``.
    """
    if len(views) == 1:
        # whoever holds it, nobody gainsays it
        return state(views[0]) if views[0].certain else "unknown"
    for chosen in ([view for view in views if asked.own(view.holders)], views):
        if not chosen:
            continue
        states = {state(view) for view in chosen if view.certain}
        possible = {state(view) for view in chosen if not view.certain}
        if len(states) > 1:
            return "contested"
        if len(states) == 1 and possible <= states:
            return next(iter(states))
        return "unknown"
    return otherwise
