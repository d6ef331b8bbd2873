"""How close the rules of reading come to a careful reader.

``python -m benchmarks.reading.score [learn|measure] [--misses]`` prints figures; it shows text of
the passages only with ``--misses``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, TypeVar, get_args

from benchmarks.reading.figures import (
    NOTHING,
    Measures,
    Pair,
    Score,
    Share,
    Speakers,
    lines,
    table,
)
from benchmarks.reading.gold import HALVES, KINDS, Passage, Place, load_half
from benchmarks.reading.names import same_name
from detente.reading.found import (
    Confidence,
    Dating,
    MeasureFound,
    Quotation,
    Said,
    Span,
    Who,
)
from detente.record.dates import DateError, parse_when

__all__ = [
    "NOTHING",
    "Measures",
    "Pair",
    "Read",
    "Reading",
    "Score",
    "Share",
    "Speakers",
    "lines",
    "misses",
    "same_name",
    "score",
    "table",
]

CONFIDENCES: tuple[str, ...] = get_args(Confidence)


class _Text(Protocol):
    @property
    def text(self) -> str: ...


class Reading(Protocol):
    """What a reading of an article has, as far as it is scored."""

    @property
    def article(self) -> _Text: ...
    @property
    def quotations(self) -> Sequence[Quotation]: ...
    @property
    def statements(self) -> Sequence[Said]: ...
    @property
    def dates(self) -> Sequence[Dating]: ...
    @property
    def measures(self) -> Sequence[MeasureFound]: ...


class Read(Protocol):
    """What reads an article, such as `detente.reading.read_article`."""

    def __call__(self, text: str, *, name: str, published: str | None) -> Reading: ...


@dataclass(slots=True)
class _Tally:
    """What is counted while passages are read, and what was missed in words."""

    passages: int = 0
    count: Counter[str] = field(default_factory=Counter)
    speakers: Counter[tuple[str, bool]] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


# counterparts

_Gold = TypeVar("_Gold")
_Found = TypeVar("_Found")


def _assign(
    gold: Sequence[_Gold],
    found: Sequence[_Found],
    rate: Callable[[_Gold, _Found], tuple[int, int] | None],
) -> dict[int, int]:
    """Return which found entry each gold entry goes with, best first, each used once."""
    rated = [
        (rating, -i, -j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if (rating := rate(one, other)) is not None
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(rated, reverse=True):
        if -i not in pairs and -j not in used:
            pairs[-i] = -j
            used.add(-j)
    return pairs


def _shared(place: Place | None, span: Span, text: str) -> int:
    """Return how many characters a place and a span have in common."""
    own = place.find(text) if place else None
    return max(0, min(own.end, span.end) - max(own.start, span.start)) if own else 0


def _trim(span: Span, text: str) -> Span:
    """Leave out marks, points and space at both ends."""
    start, end = span
    loose = " \t\n\r.,;:!?…\"'“”‘’«»"
    while start < end and text[start] in loose:
        start += 1
    while start < end and text[end - 1] in loose:
        end -= 1
    return Span(start, end)


def _means(edtf: str | None) -> tuple[int, int, str] | None:
    """Return what of a date is compared."""
    if edtf is None:
        return None
    try:
        when = parse_when(edtf)
    except DateError:
        return (-1, -1, edtf)
    return when.earliest, when.latest, when.kind


def _name(who: Who | None) -> str:
    return f"{who.name!r} ({who.kind})" if who else "nobody"


def _quotations(passage: Passage, reading: Reading, tally: _Tally) -> None:
    text = reading.article.text
    where = {_trim(one.span, text): one for one in reading.quotations}
    tally.count["quotations found"] += len(reading.quotations)
    tally.count["quotations"] += len(passage.quotations)
    tally.count["speech"] += sum(one.speech for one in passage.quotations)
    missing = dict(where)
    for gold in passage.quotations:
        span = gold.place.find(text)
        found = where.get(_trim(span, text)) if span else None
        if found is None:
            tally.missed.append(f"quotation missed: {gold.place.words!r}")
            continue
        tally.count["quotations right"] += 1
        missing.pop(_trim(found.span, text), None)
        if not gold.speech:
            if found.speech and found.confidence != "unknown" and found.speaker:
                tally.speakers[found.confidence, False] += 1
                tally.missed.append(f"no speech, yet {_name(found.speaker)}: {found.text!r}")
            continue
        right = same_name(found.speaker, gold.speaker, passage.actors)
        tally.speakers[found.confidence, right] += 1
        tally.count["speakers right"] += right
        if not right:
            tally.missed.append(
                f"speaker {gold.speaker}, {found.confidence} {_name(found.speaker)}"
                f" by {found.rule or 'no rule'}: {found.text!r}"
            )
    tally.missed += [f"no quotation: {one.text!r}" for one in missing.values()]


def _statements(passage: Passage, reading: Reading, tally: _Tally) -> None:
    text = reading.article.text
    gold, found = passage.statements, reading.statements
    pairs = _assign(
        gold,
        found,
        lambda one, other: (
            (int(one.kind == other.kind), shared)
            if (shared := _shared(one.place, other.span, text))
            else None
        ),
    )
    for i, one in enumerate(gold):
        if i not in pairs:
            tally.confusion[one.kind, NOTHING] += 1
            tally.missed.append(f"{one.kind} missed: {one.place.words!r}")
            continue
        other = found[pairs[i]]
        tally.confusion[one.kind, other.kind] += 1
        words = text[other.span.start : other.span.end]
        if one.kind != other.kind:
            tally.missed.append(f"{one.kind} taken for {other.kind} ({other.cue}): {words!r}")
        if same_name(other.holder, one.holder, passage.actors):
            tally.count["holders right"] += 1
        else:
            tally.missed.append(f"holder {one.holder}, found {_name(other.holder)}: {words!r}")
    for j in sorted(set(range(len(found))) - set(pairs.values())):
        other = found[j]
        tally.confusion[NOTHING, other.kind] += 1
        words = text[other.span.start : other.span.end]
        tally.missed.append(f"no {other.kind} ({other.cue}): {words!r}")


def _dates(passage: Passage, reading: Reading, tally: _Tally) -> None:
    text = reading.article.text
    gold, found = passage.dates, reading.dates
    pairs = _assign(
        gold,
        found,
        lambda one, other: (
            (int(_means(one.edtf) == _means(other.edtf)), shared)
            if (shared := _shared(one.place, other.span, text))
            else None
        ),
    )
    tally.count["dates"] += len(gold)
    tally.count["dates found"] += len(found)
    tally.count["dates placed"] += len(pairs)
    for i, one in enumerate(gold):
        if i not in pairs:
            tally.missed.append(f"date missed: {one.place.words!r} {one.edtf} {one.length}")
            continue
        other = found[pairs[i]]
        same = not one.length or one.length == other.length
        if same and _means(one.edtf) == _means(other.edtf):
            tally.count["dates right"] += 1
        else:
            tally.missed.append(
                f"date {one.place.words!r} is {one.edtf} {one.length},"
                f" read as {other.edtf} {other.length} ({other.rule})"
            )
    tally.missed += [
        f"no date: {found[j].text!r} {found[j].edtf}"
        for j in sorted(set(range(len(found))) - set(pairs.values()))
    ]


def _measures(passage: Passage, reading: Reading, tally: _Tally) -> None:
    text = reading.article.text
    gold, found = passage.measures, reading.measures

    def right(i: int, j: int) -> tuple[bool, bool, bool]:
        one, other = gold[i], found[j]
        date = reading.dates[other.dating].edtf if other.dating is not None else None
        targets = {key: n for key, n in (other.targets or {}).items() if n}
        return (
            targets == {key: n for key, n in one.targets.items() if n},
            _means(date) == _means(one.date),
            same_name(other.imposer, one.imposer, passage.actors),
        )

    def rate(i: int, j: int) -> tuple[int, int] | None:
        place = gold[i].place
        shared = _shared(place, found[j].span, text) if place else 1
        return (sum(right(i, j)), shared) if shared else None

    pairs = _assign(range(len(gold)), range(len(found)), rate)
    tally.count["measures"] += len(gold)
    tally.count["measures found"] += len(found)
    tally.count["measures paired"] += len(pairs)
    for i, one in enumerate(gold):
        parts = right(i, pairs[i]) if i in pairs else (False, False, False)
        for part, good in zip(("targets", "date", "imposer"), parts, strict=True):
            tally.count[f"measures {part}"] += good
        tally.count["measures right"] += all(parts)
        if not all(parts):
            other = found[pairs[i]] if i in pairs else None
            tally.missed.append(f"measure {one} found as {other}")
    tally.missed += [
        f"no measure: {text[found[j].span.start : found[j].span.end]!r}"
        for j in sorted(set(range(len(found))) - set(pairs.values()))
    ]


def _tally(passages: Iterable[Passage], read: Read) -> _Tally:
    tally = _Tally()
    for passage in passages:
        reading = read(passage.text, name=passage.id, published=passage.published)
        before = len(tally.missed)
        tally.passages += 1
        for part in (_quotations, _statements, _dates, _measures):
            part(passage, reading, tally)
        tally.missed[before:] = [f"{passage.id}: {one}" for one in tally.missed[before:]]
    return tally


def misses(passages: Iterable[Passage], read: Read) -> list[str]:
    """Return in words what reading missed, and what it took for something else."""
    return _tally(passages, read).missed


def score(passages: Iterable[Passage], read: Read) -> Score:
    """Return how close reading comes over passages.

    Parameters
    ----------
    passages : iterable of Passage
    read : callable
        Takes the text, and by name `name` and `published`; `detente.reading.read_article`.
    """
    tally = _tally(passages, read)
    count, confusion = tally.count, tally.confusion
    kinds = {kind: pair for kind in KINDS if (pair := _pair_of(kind, confusion)).gold or pair.found}
    known = [pair.f1 for pair in kinds.values() if pair.gold]
    judged = tally.speakers.total()
    matched = sum(n for key, n in confusion.items() if NOTHING not in key)
    return Score(
        passages=tally.passages,
        bounds=_pair("quotations", count),
        speakers=tuple(
            Speakers(
                one,
                Share(tally.speakers[one, True] + tally.speakers[one, False], judged),
                Share(
                    tally.speakers[one, True],
                    tally.speakers[one, True] + tally.speakers[one, False],
                ),
            )
            for one in CONFIDENCES
        ),
        speakers_right=Share(count["speakers right"], count["speech"]),
        kinds=kinds,
        confusion=dict(confusion),
        holders=Share(count["holders right"], matched),
        macro_f1=sum(known) / len(known) if known else 0.0,
        dates=_pair("dates", count),
        date_places=Pair(count["dates placed"], count["dates"], count["dates found"]),
        measures=Measures(
            count["measures"],
            count["measures found"],
            *(
                count[f"measures {part}"]
                for part in ("paired", "targets", "date", "imposer", "right")
            ),
        ),
    )


def _pair(what: str, count: Counter[str]) -> Pair:
    return Pair(count[f"{what} right"], count[what], count[f"{what} found"])


def _pair_of(kind: str, confusion: Counter[tuple[str, str]]) -> Pair:
    return Pair(
        confusion[kind, kind],
        sum(n for (gold, _), n in confusion.items() if gold == kind),
        sum(n for (_, found), n in confusion.items() if found == kind),
    )


def main(arguments: Sequence[str]) -> int:
    """Print the figures of a half."""
    parser = argparse.ArgumentParser(
        prog="score", description="How close the rules of reading come."
    )
    parser.add_argument("half", nargs="?", choices=HALVES, default="learn")
    parser.add_argument(
        "--misses",
        action="store_true",
        help="show what was missed; passages of measure then have been looked at: move them",
    )
    parser.add_argument("--table", action="store_true", help="print tables in Markdown")
    chosen = parser.parse_args(arguments)
    # tests score a reader of their own, so that this one is loaded only here
    read: Read = import_module("detente.reading").read_article
    passages = load_half(chosen.half)
    figures = score(passages, read)
    told = misses(passages, read) if chosen.misses else []
    shown = table(figures) if chosen.table else "\n".join(lines(figures)) + "\n"
    sys.stdout.write(shown + "".join(f"{one}\n" for one in told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
