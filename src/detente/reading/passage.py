"""A text with its actors and dates, quotations blanked out, as the rules for measures read it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from detente.reading.done import Verb
from detente.reading.found import Dating, Span, Who
from detente.reading.layout import Layout
from detente.reading.targets import OWNS, Targets, targets_in
from detente.reading.words import words_under

__all__ = ["Passage"]

#: how far a clause is read to both sides of its verb
_BEFORE, _AFTER = 400, 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d[~?%]?")
#: a date is at the start of its paragraph if no more stands before it: "But late on Friday"
_START = 12
_EARLIER = re.compile(r"\b(?:had|earlier|previously|already|formerly|once)\b")
_SAYS = re.compile(r"\b(?:said|says|announced|reported|told)\b")
#: a clause begins after these
_CLAUSE = re.compile(r"\b(?:that|said|says|but|while|because|when)\b|[;:\u2013\u2014]")
#: words between a preposition and its noun
_ARTICLE = re.compile(r"(?:\b(?:the|its|their|his|her|a|an|both|all)\s+)*$")
_LAST = re.compile(r"([^\W\d_]+)\s*$")
_BY = re.compile(r"\bby\s+(?:the\s+|its\s+|their\s+)?")
_PRONOUNS = frozenset(["it", "he", "she", "they"])
_NOT_SUBJECTS = words_under("phrases", "not subjects") | {"on", "against", "upon", "targeting"}


class Passage:
    """A text, what stands outside its quotations, and who and when is named there.

    Attributes
    ----------
    layout : Layout
    text : str
        As long as the text itself; quotations and dates are blank.
    low : str
        The same in lower case.
    """

    def __init__(
        self,
        layout: Layout,
        mentions: Sequence[Who],
        dates: Sequence[Dating],
        quotations: Sequence[Span],
    ) -> None:
        self.layout = layout
        quoted = list(_joined(quotations))
        begins = [one.start for one in quoted]

        def outside(span: Span) -> bool:
            at = bisect_right(begins, span.start) - 1
            return at < 0 or quoted[at].end <= span.start

        self._mentions = sorted(
            (one for one in mentions if outside(one.span)), key=lambda one: one.span
        )
        self._starts = [one.span.start for one in self._mentions]
        self._dates = sorted(
            (one.span, k)
            for k, one in enumerate(dates)
            if one.edtf and not one.length and one.edtf[:2] != ".." and outside(one.span)
        )
        self._date_starts = [span.start for span, _ in self._dates]
        self._given = dates
        self.text = _blanked(layout.text, _joined([*quoted, *(one.span for one in dates)]))
        low = self.text.lower()
        if len(low) != len(self.text):
            # a few letters have no small letter of one character
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        self.low = low

    def sentence(self, verb: Verb) -> Span:
        """Return the sentence that a verb stands in."""
        return self.layout.sentences[verb.sentence]

    def tail(self, verb: Verb) -> Span:
        """Return what follows a verb in its sentence, as far as it is read."""
        end = min(self.sentence(verb).end, verb.span.end + _AFTER)
        return Span(verb.span.end, end)

    def subject(self, verb: Verb) -> Span:
        """Return what precedes a verb in its clause, as far as it is read."""
        return Span(self._clause_start(verb), verb.group)

    def targets(self, window: Span) -> Targets:
        """Return the targets that a phrase tells."""
        return targets_in(self.text, window, self._within(window))

    def imposer(self, verb: Verb) -> Who | None:
        """Return who does what the verb tells: its subject, or who stands after "by"."""
        if verb.passive:
            tail = self.tail(verb)
            by = _BY.search(self.low, tail.start, tail.end)
            near = self._within(Span(by.end(), min(tail.end, by.end() + 60))) if by else []
            return _nearest_name(near)
        sentence = self.sentence(verb)
        window = Span(max(sentence.start, verb.span.start - _BEFORE), verb.span.start)
        before = [one for one in self._within(window) if one.span.end <= verb.span.start]
        subjects = [one for one in before if self._preposition(one, sentence.start) == ""]
        if not before and verb.before in _PRONOUNS:
            return self._meant(verb)
        if not subjects:
            return next((one for one in reversed(before)
                         if self._preposition(one, sentence.start) == "of"), None)  # fmt: skip
        if verb.joined or verb.before in {"and", "or", "then", ","}:
            # no subject stands right before it: it has that of its clause
            start = self._clause_start(verb)
            here = [one for one in subjects if one.span.start >= start] or subjects
            return next((one for one in here if not self._owns(one)), here[0])
        return subjects[-1]

    def _meant(self, verb: Verb) -> Who | None:
        """Return whom a pronoun means: the first subject of the sentence before."""
        sentence = self.sentence(verb)
        last = self.layout.sentences[verb.sentence - 1] if verb.sentence else sentence
        if last.start < self.layout.paragraph_at(sentence.start).span.start:
            return None
        personal = verb.before in {"he", "she"}
        near = self._within(Span(last.start, min(last.end, last.start + _BEFORE, sentence.start)))
        return next((one for one in near if (one.kind == "person") == personal
                     and not self._owns(one) and not self._preposition(one, last.start)),
                    None)  # fmt: skip

    def owner(self, start: int) -> Who | None:
        """Return who is named right before a place: "US sanctions"."""
        at = bisect_left(self._starts, start) - 1
        if at >= 0 and 0 <= start - self._mentions[at].span.end <= 20:
            between = self.low[self._mentions[at].span.end : start]
            return self._mentions[at] if not re.search(r"[,;:]", between) else None
        return None

    def dating(self, verb: Verb) -> int | None:
        """Return the index of the date of what a verb tells."""
        sentence = self.sentence(verb)
        here = self._dated(sentence)
        if here:
            # what stands before the verb, or else what comes next after it
            return min(here, key=lambda one: abs(one[0].start - verb.span.start))[1]
        words = self.low[max(sentence.start, verb.group - _BEFORE) : verb.span.start]
        if _EARLIER.search(words) and not _SAYS.search(words):
            return None
        paragraph = self.layout.paragraph_at(sentence.start)
        if verb.sentence > 0:
            last = self.layout.sentences[verb.sentence - 1]
            if last.start >= paragraph.span.start:
                near = self._dated(last)
                return near[-1][1] if near else None
            above = self.layout.paragraph_at(last.start).span.start
            for span, k in self._dated(Span(above, above + _START + 1)):
                if _DAY.fullmatch(self._given[k].edtf or "") and span.start <= above + _START:
                    return k
        return None

    def _dated(self, window: Span) -> list[tuple[Span, int]]:
        first, last = (bisect_left(self._date_starts, at) for at in window)
        return self._dates[first:last]

    def _within(self, window: Span) -> Sequence[Who]:
        first, last = (bisect_left(self._starts, at) for at in window)
        return self._mentions[first:last]

    def _clause_start(self, verb: Verb) -> int:
        start = max(self.sentence(verb).start, verb.group - _BEFORE)
        return max((one.end() for one in _CLAUSE.finditer(self.low, start, verb.group)),
                   default=start)  # fmt: skip

    def _owns(self, one: Who) -> bool:
        end = one.span.end
        return self.low[end : end + 2] in OWNS or self.low[max(0, end - 2) : end] in OWNS[:2]

    def _preposition(self, one: Who, start: int) -> str:
        """Return the preposition before a mention; empty if none is there."""
        begin = max(start, one.span.start - 40)
        before = self.low[begin : one.span.start]
        article = _ARTICLE.search(before)
        last = _LAST.search(before[: article.start()] if article else before)
        return last[1] if last and last[1] in _NOT_SUBJECTS else ""


def _nearest_name(near: Sequence[Who]) -> Who | None:
    """Return whom a phrase after "by" ends in: "Karvania's Treasury" ends in the Treasury."""
    found: Who | None = None
    for one in near:
        if found is not None and one.span.start > found.span.end + 4:
            break
        found = one
    return found


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans with those that overlap made one."""
    start = end = -1
    for one in sorted(spans):
        if one.start > end:
            if end > start:
                yield Span(start, end)
            start, end = one
        end = max(end, one.end)
    if end > start:
        yield Span(start, end)


def _blanked(text: str, spans: Iterable[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], " " * (min(span.end, len(text)) - span.start)]
        at = span.end
    return "".join([*parts, text[at:]])
