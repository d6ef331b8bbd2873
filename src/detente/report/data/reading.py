"""What was found in an article, as plain data; offsets count characters of its text from 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.reading.against import Comparison
from detente.reading.article import Article
from detente.reading.directory import Directory
from detente.reading.drafts import Draft
from detente.reading.found import AUTHOR, MeasureFound, Quotation, Said, Span, Who
from detente.reading.read import Reading
from detente.record import Record
from detente.report.data.shape import problem_data
from detente.report.sentences.reading import actors_of, at_odds_of

__all__ = ["reading_data"]


def reading_data(
    reading: Reading,
    *,
    comparisons: Sequence[Comparison] = (),
    drafts: Sequence[Draft] = (),
    record: Record | None = None,
) -> dict[str, Any]:
    """Return what was found as plain data.

    Parameters
    ----------
    reading : Reading
    comparisons : sequence of Comparison
        Of the article with the record.
    drafts : sequence of Draft
    record : Record, optional
    """
    author = _author(reading.article, record)
    manner = reading.manner
    return {
        "source": _source(reading.article),
        "quotations": [_quotation(one, author) for one in reading.quotations],
        "statements": [_statement(reading, one, author) for one in reading.statements],
        "dates": [
            {
                "text": one.text,
                **_span(one.span),
                "edtf": one.edtf,
                "anchor": one.anchor,
                "rule": one.rule,
                "length": one.length or None,
            }
            for one in reading.dates
        ],
        "measures": [_measure(reading, one, author) for one in reading.measures],
        "actors": [
            {
                "id": one.first.actor,
                "name": one.first.name,
                "kind": one.first.kind,
                "office": one.office or None,
                "of": one.of or None,
                "mentions": one.mentions,
                **_span(one.first.span),
            }
            for one in actors_of(reading)
        ],
        "furniture": [list(span) for span in reading.article.furniture],
        "manner": {
            "loaded_per_1000": round(manner.per_1000, 1),
            "of_words": manner.words,
            "words": dict(manner.loaded),
        },
        "at_odds": [_odds(one, drafts) for one in at_odds_of(comparisons)],
        "drafts": [_draft(one) for one in drafts],
        "problems": [problem_data(one) for one in reading.problems],
    }


def _author(article: Article, record: Record | None) -> str:
    """Return the id of whoever wrote an article; a word for it where no record has one."""
    if article.author is None:
        return AUTHOR
    known = Directory.of(record, article.published).find(article.author)
    return AUTHOR if known is None else known.actor.id


def _who(who: Who | None, author: str) -> str | None:
    if who is None:
        return None
    return author if who.kind == "author" else who.actor or who.name


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _source(article: Article) -> dict[str, Any]:
    source: dict[str, Any] = {
        "name": article.name,
        "format": article.format,
        "title": article.title,
        "author": article.author,
        "published": article.published,
        "publisher": article.publisher,
        "url": article.url,
        "known": dict(article.known),
        "sha256": article.sha256,
        "language": article.language,
    }
    if article.format != "text":
        # what was taken out of a page is nowhere else to be had, and offsets count in it
        source["text"] = article.text
    return source


def _quotation(one: Quotation, author: str) -> dict[str, Any]:
    return {
        **_span(one.span),
        "text": one.text,
        "speaker": _who(one.speaker, author),
        "confidence": one.confidence,
        "rule": one.rule or None,
        "edited": one.edited,
        "medium": one.medium or None,
        "utterance": one.utterance,
        "inside": one.inside,
        "closed": one.closed,
        "speech": one.speech,
    }


def _date(reading: Reading, dating: int | None) -> str | None:
    return None if dating is None else reading.dates[dating].edtf


def _statement(reading: Reading, one: Said, author: str) -> dict[str, Any]:
    own = one.holder is not None and one.holder.kind == "author"
    reporter = _who(one.reporter, author) if one.reporter else None if own else author
    return {
        "kind": one.kind,
        "holder": _who(one.holder, author),
        "about": one.about,
        "reporter": reporter,
        "to": _who(one.to, author),
        **_span(one.span),
        "cue": one.cue or None,
        "confidence": one.confidence,
        "likelihood": one.likelihood or None,
        "negated": one.negated,
        "quotations": list(one.quotations),
        "date": _date(reading, one.dating),
    }


def _measure(reading: Reading, one: MeasureFound, author: str) -> dict[str, Any]:
    return {
        "imposer": _who(one.imposer, author),
        "date": _date(reading, one.dating),
        "targets": dict(one.targets or {}),
        "named": list(one.named),
        "kind": one.kind,
        "against": _who(one.against, author),
        **_span(one.span),
    }


def _odds(one: Comparison, drafts: Sequence[Draft]) -> dict[str, Any]:
    return {
        "proposal": _proposal(one, drafts),
        "entry": one.entry,
        "what": one.what,
        "said": one.said,
        "found": one.found,
        "place": one.place,
        **_span(one.span),
    }


def _proposal(one: Comparison, drafts: Sequence[Draft]) -> str | None:
    """Return the id of the draft that says what the record says otherwise: the closest about it."""
    about = [
        draft
        for draft in drafts
        if draft.check == "at-odds" and draft.span is not None and draft.span.overlaps(one.span)
    ]
    closest = min(about, key=lambda draft: _apart(draft.span, one.span), default=None)
    return None if closest is None else closest.id


def _apart(span: Span | None, other: Span) -> int:
    return 0 if span is None else abs(span.start - other.start) + abs(span.end - other.end)


def _draft(one: Draft) -> dict[str, Any]:
    return {
        "number": one.number,
        "id": one.id,
        "section": one.section,
        "entry": one.entry,
        "place": one.place,
        "span": None if one.span is None else list(one.span),
        "check": one.check,
        "beside": list(one.beside),
        "confidence": one.confidence or None,
        "needs": list(one.needs),
        "depends": list(one.depends),
    }
