"""What was observed of one quantity, and the limits that commitments set to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.errors import DetenteError, Problem, nearest, shortened
from detente.record import Record, Viewpoint
from detente.record.accounts import Asked
from detente.record.dates import NEVER, When, day_text, parse_when
from detente.record.entries import Commitment, Limit, Observation, Quantity
from detente.record.quantities import Amount, unit_of, within
from detente.record.viewpoint import date_asked, viewpoint_of
from detente.report.figures.layout.scale import number

__all__ = ["Bound", "Measured", "Point", "measured"]


@dataclass(frozen=True)
class Bound:
    """The limit of a commitment.

    Attributes
    ----------
    commitment : Commitment
    limit : Limit
    low, high : Fraction or None
        Between which it keeps the quantity, in the unit that is shown.
    start, end : When or None
        From when to when it is owed; None where that is open.
    """

    commitment: Commitment
    limit: Limit
    low: Fraction | None
    high: Fraction | None
    start: When | None
    end: When | None

    def words(self, unit: str) -> str:
        """Return the limit as it is written, and in the unit that is shown if that is another."""
        written = self.limit.value
        shown = dict.fromkeys(one for one in (self.low, self.high) if one is not None)
        if written.unit == unit:
            return str(written)
        return f"{written} = {' .. '.join(map(number, shown))} {unit}".rstrip()

    @property
    def disputed(self) -> bool:
        """Tell whether it is a number that not everybody reads as a bound."""
        kinds = {one.kind for one in self.limit.readings} | {self.limit.kind}
        return "estimate" in kinds

    def meant(self, seen: Observation) -> bool:
        """Tell whether it was owed for what was observed."""
        at = seen.as_of.latest
        return (
            (seen.of is None or seen.of in self.commitment.debtors)
            and (self.start is None or self.start.earliest <= at)
            and (self.end is None or at < self.end.earliest)
        )


@dataclass(frozen=True, eq=False)
class Point:
    """An observation with a number, in the unit that is shown.

    Attributes
    ----------
    seen : Observation
    low, high : Fraction or None
        Equal for a figure; one is None for a bound.
    within : mapping of str to bool or None
        For each commitment owed then, whether it lies within its limit; None where its bounds
        leave that open.
    """

    seen: Observation
    low: Fraction | None
    high: Fraction | None
    within: Mapping[str, bool | None]

    @property
    def exact(self) -> bool:
        """Tell whether it is a figure, and no bound or range."""
        return self.low == self.high

    @property
    def value(self) -> Fraction:
        """Return the figure, or the number that a bound or a range names last."""
        value = self.high if self.high is not None else self.low
        assert value is not None
        return value

    @property
    def outside(self) -> bool:
        """Tell whether it certainly lies outside a limit."""
        return False in self.within.values()

    @property
    def estimate(self) -> bool:
        """Tell whether it is marked as an estimate, or could not be verified."""
        return not self.seen.verified or (self.seen.value is not None and self.seen.value.estimate)


@dataclass(frozen=True)
class Measured:
    """Everything about one quantity.

    Attributes
    ----------
    quantity : Quantity
    unit : str
    points : tuple of Point
        In the order of time.
    bounds : tuple of Bound
    in_words : tuple of Observation
        Observations without a number.
    """

    quantity: Quantity
    unit: str
    points: tuple[Point, ...]
    bounds: tuple[Bound, ...]
    in_words: tuple[Observation, ...]

    @property
    def observations(self) -> list[Observation]:
        """Return all of them, with a number or not."""
        return [*(one.seen for one in self.points), *self.in_words]


def measured(
    record: Record,
    quantity: str,
    *,
    of: str | None,
    on: When | None,
    viewpoint: Viewpoint | str | Sequence[str] | None,
    known_by: When | str | None,
) -> Measured:
    """Return what was observed of a quantity, as far as known, and its limits."""
    entry = _quantity(record, quantity)
    owners = None if of is None else _owners(record, of)
    known = None if known_by is None else date_asked(known_by)
    whose = viewpoint_of(record, viewpoint)
    seen = [
        one
        for one in record.of_kind(Observation)
        if one.quantity == quantity
        and (owners is None or one.of is None or one.of in owners)
        and _counts(record, one, known, whose)
    ]
    seen.sort(key=lambda one: (one.as_of.latest, one.as_of.earliest, one.id))
    # in a record that was checked, all amounts of a quantity measure what its unit measures
    unit, _, factor = unit_of(entry.unit)
    last = max((one.as_of.latest for one in seen if one.as_of.latest < NEVER), default=None)
    when = on or (None if last is None else parse_when(day_text(last)))
    bounds: tuple[Bound, ...] = ()
    if when is not None:
        bounds = tuple(
            Bound(commitment, limit, *_shown(limit.value, factor), start, end)
            for commitment, limit, start, end in _limits(
                record, quantity, owners, on=when, known=known, whose=whose
            )
        )
    points = tuple(
        Point(
            one,
            *_shown(one.value, factor),
            {
                bound.commitment.id: within(one.value, bound.limit.value)
                for bound in bounds
                if bound.meant(one)
            },
        )
        for one in seen
        if one.value is not None
    )
    return Measured(entry, unit, points, bounds, tuple(one for one in seen if one.value is None))


def _quantity(record: Record, quantity: str) -> Quantity:
    entry = record.entries.get(quantity)
    of_it = {one.quantity for one in record.of_kind(Observation)}
    if isinstance(entry, Quantity) and entry.id in of_it:
        return entry
    known = [one.id for one in record.of_kind(Quantity)]
    if isinstance(entry, Quantity):
        what = f"the record has no observation of {shortened(quantity)!r}"
        raise DetenteError(Problem("unknown-id", what, record.places.get(quantity)))
    what = f"{shortened(quantity)!r} is no quantity of the record"
    raise DetenteError(Problem("unknown-id", what, None, nearest(quantity, known)))


def _owners(record: Record, of: str) -> tuple[str, ...]:
    asked = viewpoint_of(record, of)
    assert asked is not None
    return asked.actors


def _counts(record: Record, seen: Observation, known: When | None, whose: Viewpoint | None) -> bool:
    """Tell whether an observation was known by then, and whether the viewpoint lets it count."""
    limit = NEVER if known is None else known.latest
    asked = Asked(record, seen.as_of, min(seen.as_of.latest, NEVER - 1), known, limit, whose)
    return asked.sees(seen.id) and asked.counts(seen.according_to)


def _shown(amount: Amount, factor: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds of an amount in the unit that is shown."""
    low, high = amount.base
    return (None if low is None else low / factor, None if high is None else high / factor)


def _limits(
    record: Record,
    quantity: str,
    owners: tuple[str, ...] | None,
    *,
    on: When,
    known: When | None,
    whose: Viewpoint | None,
) -> Iterator[tuple[Commitment, Limit, When | None, When | None]]:
    standing = record.as_of(on, known_by=known, viewpoint=whose)
    for one in standing.commitments:
        commitment, limit = one.commitment, one.commitment.limit
        if limit is None or limit.quantity != quantity:
            continue
        if owners is not None and not set(owners) & set(commitment.debtors):
            continue
        # what counts from a day that has not come is not owed yet
        if one.start is not None or commitment.start is None:
            yield commitment, limit, one.start, one.end
