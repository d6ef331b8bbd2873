"""Sentences with their words tagged, their quotations as single words, and their phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.reading.found import Quotation, Span
from detente.reading.grammar.phrases import Phrase, phrases_of
from detente.reading.grammar.tokens import Tokens, lower_words
from detente.reading.layout import Layout

__all__ = ["Sentence", "sentences_of"]


@dataclass(slots=True)
class Sentence:
    """One sentence. No sentence ends inside a quotation.

    Attributes
    ----------
    index : int
        Its place among all sentences.
    span : Span
    paragraph : int
        Number of its paragraph.
    first : bool
        Whether it begins its paragraph.
    tokens : Tokens
    phrases : list of Phrase
        Outside quotations.
    quotes : dict of int to int
        Index of a word that is a quotation -> index of the quotation.
    """

    index: int
    span: Span
    paragraph: int
    first: bool
    tokens: Tokens
    phrases: list[Phrase]
    quotes: dict[int, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the words of the sentence."""
        return self.tokens.text[self.span.start : self.span.end]


def sentences_of(layout: Layout, quotations: Sequence[Quotation]) -> list[Sentence]:
    """Return all sentences of the content of a text."""
    text = layout.text
    known = lower_words(text)
    outer = [(k, _with_marks(text, one.span)) for k, one in enumerate(quotations)
             if one.inside is None]  # fmt: skip
    found: list[Sentence] = []
    at = 0
    last_paragraph = -1
    for span in _joined(layout, [marks for _, marks in outer]):
        while at < len(outer) and outer[at][1].end <= span.start:
            at += 1
        here = []
        while at < len(outer) and outer[at][1].start < span.end:
            here.append(outer[at])
            at += 1
        tokens = Tokens.of(text, span, known=known, whole=[marks for _, marks in here])
        places = [k for k, tag in enumerate(tokens.tags) if tag == "Q"]
        paragraph = layout.paragraph_at(span.start).number
        found.append(
            Sentence(
                index=len(found),
                span=span,
                paragraph=paragraph,
                first=paragraph != last_paragraph,
                tokens=tokens,
                phrases=list(phrases_of(tokens)),
                quotes={k: number for k, (number, _) in zip(places, here, strict=True)},
            )
        )
        last_paragraph = paragraph
    return found


def _with_marks(text: str, span: Span) -> Span:
    start, end = span
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace() and text[end] not in "\r\n":
        end += 1
    closed = end < len(text) and text[end] in "\"”“’'»«›‹"
    return Span(max(0, start - 1), end + 1 if closed else span.end)


def _joined(layout: Layout, quotations: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences, those joined that a quotation holds together."""
    waiting: Span | None = None
    at = 0
    for span in layout.sentences:
        if waiting is not None:
            while at < len(quotations) and quotations[at].end <= waiting.end:
                at += 1
            inside = at < len(quotations) and quotations[at].start < waiting.end
            if inside:
                # the quotation goes on behind the stop
                waiting = Span(waiting.start, span.end)
                continue
            ended_by_quotation = at > 0 and quotations[at - 1].end == waiting.end
            if ended_by_quotation and _goes_on(layout, waiting, span):
                waiting = Span(waiting.start, span.end)
                continue
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def _goes_on(layout: Layout, before: Span, after: Span) -> bool:
    """Tell whether a cue follows a quotation that ends like a sentence: “No!” Petrov said."""
    text = layout.text
    if "\n" in text[before.end : after.start]:
        return False
    tail = text[max(before.start, before.end - 3) : before.end]
    if not any(mark in tail for mark in "?!"):
        return False
    short = Span(after.start, min(after.end, after.start + 120))
    tags = Tokens.of(text, short).tags
    return _leads_with_cue(tags)


def _leads_with_cue(tags: str) -> bool:
    """Tell whether words begin with a subject of a few words and a verb of saying."""
    stop = tags.find("V", 0, 14)
    return stop >= 0 and all(tag in "dhNSTOIJjn'o#pa,/" for tag in tags[:stop])
