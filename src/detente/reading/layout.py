"""A text as paragraphs, sentences and words, each with its offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.reading.found import Span

__all__ = ["CLOSING", "OPENING", "Layout", "Paragraph"]

#: marks that open and close a quotation, and those that may do either
OPENING, CLOSING = "“‘«„‹「『", "”’»“›」』"

_BLANK = re.compile(r"(?:\r?\n|\r)(?:[^\S\n]*(?:\r?\n|\r))+|[\u2029\f\v]+")
_LINE = re.compile(r"[^\r\n\u2028]+")
#: the end of a sentence: its mark, what closes a quotation or bracket after it, then space
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
#: words before a full stop that seldom end a sentence
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"“‘'’/-])(?:(?:[A-Z]\.)*[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Capt|Maj|Brig|Adm|Sgt"
    r"|Sen|Rep|Gov|Amb|Rev|Hon|Pres|Sec|St|Jr|Sr|No|Nos|Art|Arts|Para|Res|Vol|Fig|vs|etc|e\.g|i\.e"
    r"|cf|al|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|a\.m|p\.m)$"
)
#: of these, those that end a sentence when a new one seems to begin
_MAY_END = re.compile(r"(?:^|\s)(?:(?:[A-Z]\.)+[A-Z]|Jr|Sr|etc|Inc|Ltd|Co|Corp|a\.m|p\.m)$")
_BEGINS = re.compile(
    r"\s+[\"“‘'«(\[]*(?:The|A|An|He|She|It|They|We|I|In|On|At|But|And|This|That)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
#: a text is laid out by hand where no line is longer than this
_HARD_WRAP = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its characters without the space around, and its number from 1."""

    span: Span
    number: int
    content: bool = True


@dataclass(frozen=True)
class Layout:
    """A text laid out; what is no content is numbered as well, and has no sentences.

    Attributes
    ----------
    text : str
    paragraphs : sequence of Paragraph
        In the order of the text. They are counted as an analyst would count them on the page.
    """

    text: str
    paragraphs: Sequence[Paragraph]

    @classmethod
    def of(cls, text: str, furniture: Iterable[Span] = ()) -> Layout:
        """Lay out a text; a paragraph that lies wholly in furniture is no content."""
        spans = list(_paragraphs(text))
        apart = sorted(furniture)
        starts = [one.start for one in apart]

        def content(span: Span) -> bool:
            before = bisect_right(starts, span.start) - 1
            return before < 0 or apart[before].end < span.end

        return cls(text, [Paragraph(s, k, content(s)) for k, s in enumerate(spans, start=1)])

    @cached_property
    def content(self) -> Sequence[Paragraph]:
        """Return the paragraphs that are read."""
        return [one for one in self.paragraphs if one.content]

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """Return the sentences of the content, in the order of the text."""
        return [span for one in self.content for span in _sentences(self.text, one.span)]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [one.span.start for one in self.paragraphs]

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence at or before an offset; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def paragraph_at(self, offset: int) -> Paragraph:
        """Return the paragraph at or before an offset (the first for what stands before it)."""
        return self.paragraphs[max(0, bisect_right(self._paragraph_starts, offset) - 1)]

    def place(self, span: Span) -> str:
        """Return where a span stands, as the record cites it: ``P7`` or ``P7-P10``."""
        first = self.paragraph_at(span.start).number
        last = self.paragraph_at(max(span.start, span.end - 1)).number
        return f"P{first}" if first == last else f"P{first}-P{last}"

    def words(self, span: Span) -> Iterator[re.Match[str]]:
        """Yield the words of a span: letters and digits with inner hyphens and apostrophes."""
        return _WORD.finditer(self.text, span.start, span.end)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in (*_BLANK.finditer(text), None):
        end = gap.start() if gap else len(text)
        yield from _block(text, start, end)
        start = gap.end() if gap else end


def _block(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraphs of a block of lines: one if lines were broken by hand, else each."""
    lines = [span for found in _LINE.finditer(text, start, end) if (span := _strip(text, found))]
    if len(lines) > 1 and _wrapped(text, lines):
        yield Span(lines[0].start, lines[-1].end)
    else:
        yield from lines


def _wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Tell whether lines were broken to a width, so that they make one paragraph."""
    widths = [one.end - one.start for one in lines]
    longest = max(widths[:-1])
    if longest > _HARD_WRAP or longest < 40:
        return False
    # a line broken by hand ends where the next word no longer had room
    return all(
        width + 1 + _first_word(text, after) > longest - 8
        for width, after in zip(widths, lines[1:], strict=False)
    )


def _first_word(text: str, line: Span) -> int:
    space = text.find(" ", line.start, line.end)
    return (line.end if space < 0 else space) - line.start


def _strip(text: str, found: re.Match[str]) -> Span | None:
    start, end = found.span()
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _STOP.finditer(text, start, paragraph.end):
        end = stop.end()
        if not _ends(text, stop, start, paragraph.end):
            continue
        yield Span(start, end)
        start = end
        while start < paragraph.end and text[start].isspace():
            start += 1
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Tell whether a mark ends a sentence."""
    at = stop.start()
    after = re.compile(r"\s+").match(text, stop.end(), end)
    following = text[after.end() : after.end() + 1] if after else ""
    if following and (following.islower() or following in ",;:)"):
        return False
    if stop.group()[0] == "." and stop.end() == at + 1:
        before = text[max(start, at - 12) : at]
        if _ABBREVIATED.search(before):
            return bool(_MAY_END.search(before) and _BEGINS.match(text, stop.end(), end))
    # a sentence has a word
    return any(letter.isalnum() for letter in text[start:at])
