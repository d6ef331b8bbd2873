"""Making the page: the halves into one file of HTML, every state and entry a place to go to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from detente.document import write_whole
from detente.errors import DetenteError, Place, Problem
from detente.report.figures import plot_replay
from detente.report.figures.palette import DARK, FONT, LIGHT
from detente.report.page.brief import Brief
from detente.report.page.conflict import ConflictHalf, conflict_half
from detente.report.page.record import RecordHalf, record_half
from detente.report.sentences.links import Piece, pieces
from detente.report.sentences.phrases import (
    CONCEPT_LINES,
    CONCEPT_NAMES,
    KNOWN,
    NO_STATUS_QUO,
    join,
)
from detente.report.sentences.replay import named_deals_section, overview, period_line
from detente.report.templating import clean, environment

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["Page", "make_page"]

#: by what a page of ours is known again
_MARK = '<meta name="generator" content="détente'
#: what in a text of the modeller's can be the id of an entry and no word: it has a figure in it
_ID_IN_TEXT = re.compile(r"\b[^\W\d_]+\d\w*\b")
#: how far into a file that stands, at most
_WITHIN = 2_000


@dataclass(frozen=True)
class Page:
    """A page: one file of HTML that needs nothing else.

    Attributes
    ----------
    title : str
    html : str
    """

    title: str
    html: str = field(repr=False)

    def _repr_html_(self) -> str:
        from markupsafe import escape  # noqa: PLC0415 - as in `templating`

        size = len(self.html.encode())
        told = f"a page of {size:,} bytes, to be written by save()"
        return f"<p><strong>{escape(clean(self.title))}</strong>: {told}</p>"

    def save(self, file: str | Path, *, force: bool = False) -> None:
        """Write the page to a file, whole or not at all.

        Parameters
        ----------
        file : str or Path
            A page of ours that is there is replaced.
        force : bool
            Replace also a file that is something else.

        Raises
        ------
        DetenteError
            ``would-overwrite`` or ``unwritable``; the file that was there stays whole.
        """
        if not force and _is_another(Path(file)):
            what = f"{file} exists and is no page of detente"
            raise DetenteError(Problem("would-overwrite", what, Place(str(file))))
        write_whole(file, self.html, replace=True)


def _is_another(file: Path) -> bool:
    """Tell whether a file is there and is no page of ours."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return _MARK not in stream.read(_WITHIN).decode("utf-8", "replace")
    except OSError as error:
        problem = Problem("unwritable", f"{file}: {error.strerror}", Place(str(file)))
        raise DetenteError(problem) from None


def make_page(brief: Brief) -> Page:
    """Return the page that tells a run."""
    from markupsafe import Markup  # noqa: PLC0415 - as in `templating`

    conflict = None if brief.findings is None else conflict_half(brief, brief.findings)
    record = None
    if brief.standing is not None:
        spoken_of = None if conflict is None else conflict.links
        record = record_half(brief.standing, brief.seen, spoken_of)
    anchors = _Anchors(conflict, record)

    def linked(sentence: str) -> Markup:
        """Return a sentence with links where it speaks of what has a place on the page."""
        parts = []
        for piece in pieces(sentence):
            target = anchors.find(piece)
            text = Markup.escape(clean(piece.text))
            if target:
                text = Markup('<a href="#{}">{}</a>').format(target, text)
            parts.append(text)
        return Markup("").join(parts)

    def mentioned(text: str) -> Markup:
        """Return a text of the modeller's with links where it names an entry, such as T02."""
        parts, end = [], 0
        for found in _ID_IN_TEXT.finditer(text):
            target = anchors.entry(found[0])
            if target:
                parts.append(Markup.escape(clean(text[end : found.start()])))
                parts.append(Markup('<a href="#{}">{}</a>').format(target, found[0]))
                end = found.end()
        return Markup("").join([*parts, Markup.escape(clean(text[end:]))])

    title = conflict.title if conflict else record.title if record else ""
    moved = None
    if brief.replay is not None:
        moved = (
            period_line(brief.replay),
            plot_replay(brief.replay),
            overview(brief.replay),
            named_deals_section(brief.replay),
        )
    html = (
        environment()
        .get_template("page.html")
        .render(
            title=title or brief.source,
            brief=brief,
            conflict=conflict,
            record=record,
            moved=moved,
            linked=linked,
            mentioned=mentioned,
            anchor=anchors.entry,
            contents=list(_contents(brief, conflict, record)),
            light=LIGHT,
            dark=DARK,
            font=Markup(FONT),  # noqa: S704 - our own
            concepts=_concepts(brief),
            known=KNOWN,
            concept_names=CONCEPT_NAMES,
            concept_lines=CONCEPT_LINES,
            no_status_quo=NO_STATUS_QUO,
        )
    )
    return Page(title, html)


class _Anchors:
    """Which states and entries have a place on the page."""

    def __init__(self, conflict: ConflictHalf | None, record: RecordHalf | None) -> None:
        self.states: dict[str, str] = {}
        self.entries: set[str] = set()
        if conflict is not None:
            self.states = {str(one.state): one.title for one in conflict.why}
            self.states |= {str(one.state): f"State {one.label}" for one in conflict.further}
        if record is not None:
            self.entries = {one.id for one in record.dated}
            self.entries |= {one.id for part in record.undated for one in part.entries}
            self.entries |= {one.id for one, _ in record.sources}

    def find(self, piece: Piece) -> str:
        """Return the place of a state or entry, empty where it has none.

        It is named as what it is: a name of somebody's may hold marks, but leads nowhere by them.
        """
        if piece.kind == "state" and piece.to in self.states:
            title = self.states[piece.to]
            named = (title, title.removeprefix("State "), f"s{title[1:]}")
            return f"s-{int(piece.to) + 1}" if piece.text in named else ""
        return self.entry(piece.to) if piece.kind == "entry" and piece.text == piece.to else ""

    def entry(self, id_: str) -> str:
        """Return the place of an entry; a milestone and a run are told with what they belong to."""
        own = id_ if id_ in self.entries else id_.partition(".")[0]
        return f"e-{own}" if own in self.entries else ""


def _concepts(brief: Brief) -> str:
    made = () if brief.findings is None else brief.findings.made.concepts
    return join(CONCEPT_NAMES[concept] for concept in made)


def _contents(
    brief: Brief, conflict: ConflictHalf | None, record: RecordHalf | None
) -> Iterator[tuple[str, str]]:
    """Yield the id and title of every part of the page."""
    if conflict is not None:
        yield "verdict", "The verdict"
        yield "parties", "Who can do what, and what each cares about"
        yield "states", "The states that matter"
        if conflict.deals is not None or any(conflict.section("named-deals")):
            yield "deals", "Deals, and what holds each"
        if any(conflict.section("unlock")):
            yield "unlock", "What would unlock it"
        if any(conflict.section("evolution")):
            yield "evolution", "How it can move on"
        if any(conflict.section("coalitions", "far-sight", "views")):
            yield "games", "Seen otherwise"
    if brief.replay is not None:
        yield "moved", "How the answer moved"
    if record is not None:
        yield "standing", "How things stood"
        yield "timeline", "Over time"
    if conflict is not None:
        yield "why", "Why each state holds or not"
    if record is not None:
        yield "record", "The record"
        yield "sources", "Sources"
    yield "made", "How this was made"
