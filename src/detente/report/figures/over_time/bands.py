"""What a timeline draws, by kind of thing: points in time, and bars from one time to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from detente.record import Record
from detente.record.accounts import Asked, fold_accounts
from detente.record.clocks import run_end
from detente.record.dates import ALWAYS, DAY, NEVER, When, day_text, parse_when
from detente.record.entries import Agreement, Measure, Mechanism, Observation, Quantity
from detente.record.record import start_of
from detente.record.references import references
from detente.record.timeline import Item
from detente.report.sentences.phrases import count
from detente.report.sentences.standing import actor_names

__all__ = ["Band", "Piece", "Thing", "bands_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A time through which something was so; `sure` is False where that is contested or open."""

    first: int
    last: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to draw.

    Attributes
    ----------
    ids : tuple of str
        Of the entries it stands for.
    dates : str
        As they are written.
    label, told : str
        In a few words, which say who claims it; and in full.
    date : When or None
        Of a point.
    pieces : tuple of Piece
        Of a bar.
    contested : bool
        Whether a question about it is contested, or it is at odds with another entry.
    expected : bool
        Whether its date is only counted, so that it may not have come to pass.
    """

    ids: tuple[str, ...]
    dates: str
    label: str
    told: str
    date: When | None = None
    pieces: tuple[Piece, ...] = ()
    contested: bool = False
    expected: bool = False


@dataclass(frozen=True)
class Band:
    """Things of one kind; those come first that most other entries of the record name.

    Attributes
    ----------
    kind, name : str
        As in `detente.record.timeline.KINDS`, and as a heading.
    one, many : str
        What its things are called.
    rows : int
        How many rows of labels it has at most.
    """

    kind: str
    name: str
    one: str
    many: str
    rows: int
    things: Sequence[Thing]


#: kind -> heading, what one and many are called, and rows
_BANDS: Mapping[str, tuple[str, str, str, int]] = {
    "milestone": ("Agreements", "milestone", "milestones", 4),
    "commitment": ("Commitments", "commitment", "commitments", 5),
    "measure": ("Measures", "measure", "measures", 8),
    "mechanism": ("Mechanisms", "run", "runs", 3),
    "event": ("Events", "event", "events", 7),
    "observation": ("Observations", "observation", "observations", 3),
    "statement": ("Statements", "statement", "statements", 5),
}


def bands_of(record: Record, items: Sequence[Item], limit: int = NEVER) -> Iterator[Band]:
    """Yield the bands of a timeline, in the order in which they are drawn.

    Parameters
    ----------
    record : Record
    items : sequence of Item
        What there is to draw, of all times.
    limit : int
        What was first said after this second is left out.
    """
    known = (one for one in record.entries.values() if record.entry_from[one.id] <= limit)
    named = Counter(id_ for entry in known for _, id_, _ in references(entry))
    by_kind: dict[str, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    bars: Mapping[str, Callable[[Record, Sequence[Item]], Iterator[Thing]]] = {
        "commitment": _commitments,
        "measure": partial(_measures, limit=limit),
        "mechanism": partial(_mechanisms, limit=limit),
    }
    for kind, (name, one, many, rows) in _BANDS.items():
        own = by_kind.get(kind, [])
        things = list(bars[kind](record, own) if kind in bars else _points(record, own))
        # sorting keeps the order of time among those that are named equally often
        things.sort(key=lambda thing: -sum(named[id_] for id_ in thing.ids))
        yield Band(kind, name, one, many, rows, things)


def _points(record: Record, items: Sequence[Item]) -> Iterator[Thing]:
    for item in items:
        label = _LABELS[item.kind](record, item)
        told = [f"{item.date}: {label}"]
        told += [f"contested: {one.question}" for one in item.contested]
        told += [f"at odds with {one.entry}: {one.what}" for one in item.at_odds]
        yield Thing(
            (item.id,),
            str(item.date),
            label,
            "; ".join(told),
            date=item.date,
            contested=bool(item.contested or item.at_odds),
            expected=item.phase in ("counted", "not verified"),
        )


def _told_by(record: Record, item: Item, what: str) -> str:
    holders = actor_names(record, item.according_to)
    return f"according to {holders}: {what}" if holders else what


def _event(record: Record, item: Item) -> str:
    phase = f"{item.phase}: " if item.phase else ""
    return f"{item.id} {phase}{_told_by(record, item, item.what)}"


def _statement(record: Record, item: Item) -> str:
    who = actor_names(record, item.by) or "somebody unnamed"
    what = f"{who}, {item.phase}: {item.what or 'no words are known'}"
    return f"{item.id} {_told_by(record, item, what)}"


def _observation(record: Record, item: Item) -> str:
    seen = record.entries[item.id]
    assert isinstance(seen, Observation)
    quantity = record.entries.get(seen.quantity)
    of = quantity.name if isinstance(quantity, Quantity) else seen.quantity
    who = actor_names(record, item.by) or "somebody unnamed"
    phase = f", {item.phase}" if item.phase else ""
    value = seen.value or seen.words or "no figure"
    return f"{item.id} {_told_by(record, item, f'{value}: {of}, seen by {who}{phase}')}"


def _milestone(record: Record, item: Item) -> str:
    # the name of the day is told before that of the agreement, which may not fit
    agreement, _, key = item.id.rpartition(".")
    stone = record.milestones[item.id].name or key.replace("_", " ")
    entry = record.entries[agreement]
    assert isinstance(entry, Agreement)
    phase = ", as counted" if item.phase == "counted" else ""
    return _told_by(record, item, f"{stone}{phase} ({entry.name})")


_LABELS = {
    "event": _event,
    "statement": _statement,
    "observation": _observation,
    "milestone": _milestone,
}


# -- bars ----------------------------------------------------------------------------------------


def _commitments(record: Record, items: Sequence[Item]) -> Iterator[Thing]:
    """Yield a bar for all commitments that begin and end on the same days."""
    dates: dict[str, dict[str, When]] = {}
    whole: dict[str, Item] = {}
    for item in items:
        dates.setdefault(item.id, {})[item.phase] = item.date
        whole[item.id] = item
    alike: dict[tuple[When | None, When | None], list[Item]] = {}
    for id_, own in dates.items():
        alike.setdefault((own.get("begins"), own.get("ends")), []).append(whole[id_])
    for (start, end), group in alike.items():
        first, ids = group[0], tuple(item.id for item in group)
        label = f"{first.id} {_told_by(record, first, first.what)}"
        if len(group) > 1:
            label = f"{count(len(group), 'commitment')}: {', '.join(ids)}"
        piece = Piece(
            ALWAYS if start is None else start.earliest, NEVER if end is None else end.latest, True
        )
        written = f"{start or '..'}/{end or '..'}"
        contested = [item.id for item in group if item.contested]
        told = f"; contested: {', '.join(contested)}" if contested else ""
        yield Thing(
            ids, written, label, f"{written}: {label}{told}", None, (piece,), bool(contested)
        )


def _measures(record: Record, items: Sequence[Item], *, limit: int) -> Iterator[Thing]:
    whole = {item.id: item for item in items}
    for id_, item in whole.items():
        measure = record.entries[id_]
        assert isinstance(measure, Measure)
        pieces = tuple(_in_force(record, measure, limit))
        label = f"{id_} {actor_names(record, measure.by)}: {measure.what}"
        written = ", ".join(_written(piece) for piece in pieces)
        contested = "; contested" if item.contested else ""
        told = f"in force {written or 'never'}: {label}{contested}"
        yield Thing((id_,), written, label, told, None, pieces, bool(item.contested))


def _written(piece: Piece) -> str:
    unsure = "" if piece.sure else " (contested or uncertain)"
    return f"{day_text(piece.first) or '..'}/{day_text(piece.last) or '..'}{unsure}"


def _in_force(record: Record, measure: Measure, limit: int) -> Iterator[Piece]:
    """Yield the times through which a measure was in force, taking no side."""

    def asked(at: int) -> Asked:
        return Asked(record, parse_when(day_text(at) or "0001-01-01"), at, None, limit, None)

    accounts = asked(ALWAYS).compiled(measure.status, None)
    seconds = {one for each in accounts for one in (each.begins, each.begun, each.ends, each.ended)}
    cuts = sorted(second for second in seconds if second < NEVER)
    last: Piece | None = None
    for low, high in zip(cuts, [*cuts[1:], NEVER], strict=True):
        then = asked(low)
        state = fold_accounts(then, then.covering(accounts), otherwise="not-in-force")
        # that the hour is not known is no uncertainty that anybody would want to see
        if state == "not-in-force" or (state == "unknown" and high - low < DAY):
            continue
        piece = Piece(low, high, state == "in-force")
        if last is not None and last.sure == piece.sure and piece.first - last.last < DAY:
            piece = Piece(last.first, piece.last, piece.sure)
        elif last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _mechanisms(record: Record, items: Sequence[Item], *, limit: int) -> Iterator[Thing]:
    shown = {(item.id, item.date): item for item in items if item.phase == "started"}
    for mechanism in record.of_kind(Mechanism):
        for run in mechanism.runs:
            item = shown.get((mechanism.id, run.started))
            if item is None:
                continue
            end = run_end(mechanism, run)
            stopped = any(
                one.state != "running" and record.known_from(one, start_of(one)) <= limit
                for one in run.status
            )
            label = f"{mechanism.id} {_told_by(record, item, item.what)}"
            written = f"{run.started}/{end}"
            doubted = "; whether it counts is contested" if stopped else ""
            yield Thing(
                (mechanism.id,),
                written,
                label,
                f"{written}: {label}{doubted}",
                None,
                (Piece(run.started.earliest, end.latest, not stopped),),
                bool(item.contested),
            )
