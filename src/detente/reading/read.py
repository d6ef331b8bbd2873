"""An article -> what it says, by whom, when; nothing of it is asserted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.errors import Place, Problem
from detente.reading.article import Article
from detente.reading.cast import Cast
from detente.reading.clauses import cues_of
from detente.reading.directory import Directory
from detente.reading.found import Dating, Manner, MeasureFound, Quotation, Said, Span, Who
from detente.reading.layout import Layout
from detente.reading.manner import manner_of
from detente.reading.measures import find_measures
from detente.reading.moments import dates_of, with_moments
from detente.reading.quotations import find_quotations
from detente.reading.roles import roles_in
from detente.reading.sentences import sentences_of
from detente.reading.speakers import attribute
from detente.reading.statements import find_statements
from detente.record.memory import without_collector
from detente.record.record import Record

__all__ = ["Reading", "read"]


@dataclass(frozen=True)
class Reading:
    """What was found in an article; nothing of it is asserted.

    Attributes
    ----------
    article : Article
    layout : Layout
    quotations, statements, dates, measures : tuples
        In the order of the text.
    mentions : tuple of Who
        Everybody named, at every place.
    roles : tuple of Who
        Persons with an office that the text gives them.
    said : mapping of int to int
        Index of a quotation -> index of the date on which it was said, where the text tells.
    manner : Manner
    problems : tuple of Problem
        Warnings.
    """

    article: Article
    layout: Layout = field(repr=False)
    quotations: tuple[Quotation, ...] = ()
    statements: tuple[Said, ...] = ()
    dates: tuple[Dating, ...] = ()
    measures: tuple[MeasureFound, ...] = ()
    mentions: tuple[Who, ...] = ()
    roles: tuple[Who, ...] = ()
    said: Mapping[int, int] = field(default_factory=dict)
    manner: Manner = field(default_factory=lambda: Manner(0, {}))
    problems: tuple[Problem, ...] = ()


def read(article: Article, *, record: Record | None = None) -> Reading:
    """Read an article.

    Parameters
    ----------
    article : Article
    record : Record, optional
        A dossier whose actors are recognised.
    """
    with without_collector():
        return _read(article, record)


def _read(article: Article, record: Record | None) -> Reading:
    layout = Layout.of(article.text, article.furniture)
    marked = find_quotations(layout)
    sentences = sentences_of(layout, marked)
    cast = Cast(article.text, sentences, Directory.of(record, article.published))
    cues = [cues_of(one, cast) for one in sentences]
    quotations, by_cue = attribute(sentences, cues, marked, cast)
    statements = find_statements(sentences, cues, cast, quotations, by_cue)
    outer = [one.span for one in quotations if one.inside is None]
    dates, said = dates_of(article.text, sentences, quotations, by_cue, article.published)
    places = {one.span: k for k, one in enumerate(dates)}
    statements = with_moments(statements, sentences, dates, said, article.text)
    mentions = cast.mentions()
    measures = find_measures(layout, mentions=mentions, dates=dates, quotations=outer)
    return Reading(
        article=article,
        layout=layout,
        quotations=tuple(quotations),
        statements=tuple(statements),
        dates=tuple(dates),
        measures=tuple(measures),
        mentions=tuple(mentions),
        roles=tuple(roles_in(sentences, cast)),
        said={number: places[one.span] for number, one in said.items() if one.span in places},
        manner=manner_of(layout, outer),
        problems=(*article.problems, *_unclosed(article, quotations)),
    )


def _unclosed(article: Article, quotations: list[Quotation]) -> list[Problem]:
    found = []
    for one in quotations:
        if not one.closed and one.inside is None:
            place = place_of(article, one.span)
            what = f"the quotation that begins {one.text[:30]!r} has no closing mark"
            found.append(Problem("unclosed-quotation", what, place, severity="warning"))
    return found


def place_of(article: Article, span: Span) -> Place:
    """Return the line and column of a span."""
    before = article.text[: span.start]
    line_start = before.rfind("\n") + 1
    return Place(article.name, before.count("\n") + 1, span.start - line_start + 1)
