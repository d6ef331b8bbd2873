"""What a record holds already of a draft, or says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detente.reading.against import Comparison, alike, plain_words, source_of
from detente.reading.drafts.draft import Check
from detente.reading.found import Quotation, Span
from detente.reading.read import Reading
from detente.record.entries import Measure, Statement
from detente.record.record import Record

__all__ = ["Matches"]

_PLACE = re.compile(r"P(\d+)(?:-P(\d+))?")
#: fewer letters are too few to know words again
_ENOUGH = 15


class Matches:
    """The statements of a record, to be found by place in the article and by their words."""

    def __init__(
        self, reading: Reading, record: Record | None, comparisons: Sequence[Comparison]
    ) -> None:
        self.reading, self.record, self.comparisons = reading, record, comparisons
        self.source = None if record is None else source_of(reading, record)
        self._same = alike()
        statements = () if record is None else record.of_kind(Statement)
        self._here = [
            (low, high, one)
            for one in statements
            for ref in one.sources
            if ref.source == self.source and self.source is not None
            for low, high in _paragraphs(ref.at or "")
        ]
        self._measures = [
            (low, high, one)
            for one in (() if record is None else record.of_kind(Measure))
            for ref in one.sources
            if ref.source == self.source and self.source is not None
            for low, high in _paragraphs(ref.at or "")
        ]
        self._quoted = [
            (plain, one)
            for one in statements
            for quote in one.quote
            if len(plain := plain_words(quote.text)) >= _ENOUGH
        ]

    def of(
        self, span: Span, kind: str, quotations: Sequence[Quotation]
    ) -> tuple[Check, tuple[str, ...]]:
        """Return what the record has of a passage, and lines on it with their places."""
        odds = [
            one for one in self.comparisons if one.result == "differs" and one.span.overlaps(span)
        ]
        if odds:
            lines = (f"{one.what}: here {one.said}, the record has {one.found}" for one in odds)
            ids = (one.entry.split(".")[0] for one in odds)
            return "at-odds", tuple(
                f"{line}{self.place(id_)}" for line, id_ in zip(lines, ids, strict=True)
            )
        there = list(self._there(span, kind, quotations))
        if there:
            return "there", tuple(f"{_short(one)}{self.place(one.id)}" for one in there[:3])
        return "new", ()

    def of_measure(self, span: Span) -> tuple[Check, tuple[str, ...]]:
        """Return whether the record has a measure from this place of the article."""
        number = self.reading.layout.paragraph_at(span.start).number
        there = [one for low, high, one in self._measures if low <= number <= high]
        if not there:
            return "new", ()
        return "there", tuple(f"{one.kind}: {one.what[:70]}{self.place(one.id)}" for one in there)

    def place(self, id_: str) -> str:
        """Return the id and place of an entry, to stand behind what it says."""
        place = None if self.record is None else self.record.places.get(id_)
        return f"  [{id_}] {place}" if place else f"  [{id_}]"

    def _there(self, span: Span, kind: str, quotations: Sequence[Quotation]) -> Iterator[Statement]:
        layout = self.reading.layout
        first = layout.paragraph_at(span.start).number
        last = layout.paragraph_at(max(span.start, span.end - 1)).number
        seen = set()
        for low, high, one in self._here:
            if low <= last and first <= high and (one.kind == kind or quotations):
                seen.add(one.id)
                yield one
        words = [plain_words(one.text) for one in quotations]
        for plain, one in self._quoted:
            same = any(len(w) >= _ENOUGH and self._same(w, plain) for w in words)
            if same and one.id not in seen:
                seen.add(one.id)
                yield one


def _paragraphs(at: str) -> Iterator[tuple[int, int]]:
    for found in _PLACE.finditer(at):
        yield int(found[1]), int(found[2] or found[1])


def _short(one: Statement) -> str:
    words = one.what or (one.quote[0].text if one.quote else "")
    words = words if len(words) <= 70 else words[:67] + "..."
    return f"{one.kind} of {', '.join(one.speaker)}: {words}"
