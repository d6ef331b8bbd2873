"""When something was said, as far as the text tells; dates in a quotation are counted from then."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from detente.reading.clauses import Cue
from detente.reading.dates import find_dates
from detente.reading.found import Dating, Quotation, Said, Span
from detente.reading.sentences import Sentence

__all__ = ["Moments", "dates_of", "with_moments"]

#: a date that can be the day of an utterance: a day, a month, an about; no bound, no length
_POINT = re.compile(r"\d{4}-\d\d(?:-\d\d)?[~?%]?(?:/\d{4}-\d\d-\d\d~?)?")
#: how far behind its verb the day of an utterance may stand: "said in an interview on Wednesday"
_BEHIND = 60


class Moments:
    """The days on which the quotations and statements of a text were said.

    Attributes
    ----------
    dates : list of Dating
        Those outside quotations, in order.
    """

    def __init__(self, sentences: Sequence[Sentence], dates: Sequence[Dating]) -> None:
        self.sentences, self.dates = sentences, dates
        self._starts = [one.span.start for one in dates]
        self._begins = [one.span.start for one in sentences]

    def at(self, place: int) -> Dating | None:
        """Return the day of what is said by a verb at a place, if its sentence names one."""
        index = bisect_left(self._begins, place + 1) - 1
        if index < 0:
            return None
        span = self.sentences[index].span
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        near = [
            (abs(one.span.start - place), one)
            for one in self.dates[low:high]
            if one.edtf is not None
            and not one.length
            and _POINT.fullmatch(one.edtf)
            and one.span.start - place <= _BEHIND
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None


def dates_of(
    text: str,
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    by_cue: Mapping[int, Cue],
    published: str | None,
) -> tuple[list[Dating], dict[int, Dating]]:
    """Return all dates of a text, and the day on which each quotation was said, where told.

    A date in a quotation is counted from the day of the utterance: "in the course of the next
    week" of a Wednesday's tweet is another week than that of an article of Sunday.
    """
    outer = [(k, one) for k, one in enumerate(quotations) if one.inside is None]
    spans = list(_outside([one.span for one in sentences], [one.span for _, one in outer]))
    dates = find_dates(text, spans, published)
    moments = Moments(sentences, dates)
    said: dict[int, Dating] = {}
    inside: list[Dating] = []
    for number, quotation in outer:
        cue = by_cue.get(number)
        moment = None if cue is None else moments.at(cue.place)
        anchor = published
        if moment is not None and moment.edtf is not None:
            said[number] = moment
            anchor = moment.edtf[:10] if len(moment.edtf.rstrip("~?%")) == 10 else published
        inside += find_dates(text, [quotation.span], anchor)
    return sorted([*dates, *inside], key=lambda one: one.span), said


def with_moments(
    statements: Iterable[Said],
    sentences: Sequence[Sentence],
    dates: Sequence[Dating],
    said: Mapping[int, Dating],
    text: str,
) -> list[Said]:
    """Return statements with the index of the date on which each was said."""
    places = {one.span: k for k, one in enumerate(dates)}
    moments = Moments(sentences, dates)
    found = []
    for one in statements:
        quoted = next((said[k] for k in one.quotations if k in said), None)
        place = text.find(one.cue, one.span.start, one.span.end) if one.cue else -1
        moment = quoted or moments.at(max(place, one.span.start))
        found.append(one if moment is None else replace(one, dating=places.get(moment.span)))
    return found


def _outside(spans: Sequence[Span], holes: Sequence[Span]) -> Iterable[Span]:
    """Yield what is left of spans where others are taken out; both are in order."""
    at = 0
    for start, end in spans:
        while at < len(holes) and holes[at].end <= start:
            at += 1
        begin, k = start, at
        while k < len(holes) and holes[k].start < end:
            if holes[k].start > begin:
                yield Span(begin, holes[k].start)
            begin = max(begin, holes[k].end)
            k += 1
        if begin < end:
            yield Span(begin, end)
