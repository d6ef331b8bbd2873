"""The source, the actors, the statements and the measures of an article as draft entries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from detente.document.emit import Tree
from detente.reading.against import Comparison, check, is_former
from detente.reading.directory import Directory
from detente.reading.drafts.draft import Draft
from detente.reading.found import AUTHOR, MeasureFound, Quotation, Said, Span, Who
from detente.reading.offices import same_role
from detente.reading.proposals.matches import Matches
from detente.reading.proposals.people import People, free_id
from detente.reading.read import Reading
from detente.record.actors import Source
from detente.record.dates import DateError, parse_when
from detente.record.record import Record

__all__ = ["drafts_of"]

#: of a long passage so much is shown
_SHOWN = 400
_BOUND = re.compile(r"\.\./")
#: keys under which ids of actors, sources and other entries stand
_NAMING = frozenset(["about", "according_to", "against", "by", "of", "source", "speaker", "to"])


def drafts_of(
    reading: Reading, record: Record | None, comparisons: Sequence[Comparison] | None = None
) -> tuple[Draft, ...]:
    """Return what an article says as entries that a record could hold.

    Parameters
    ----------
    reading : Reading
    record : Record or None
        What it is read beside: its actors are named by their ids, its ids are not used again.
    comparisons : sequence of Comparison, optional
        What `check` found of the two; by default it is asked here.

    Returns
    -------
    tuple of Draft
        The source first, then new actors, then statements and measures in the order of the text.
    """
    if comparisons is None:
        comparisons = () if record is None else check(reading, record)
    return _Drafting(reading, record, comparisons).drafts()


class _Drafting:
    """One article in the making: ids, actors and what the record has."""

    def __init__(
        self, reading: Reading, record: Record | None, comparisons: Sequence[Comparison]
    ) -> None:
        self.reading, self.record, self.comparisons = reading, record, comparisons
        self.text = reading.article.text
        self.matches = Matches(reading, record, self.comparisons)
        taken = set() if record is None else set(record.entries)
        known = self.matches.source
        article = reading.article
        self.source = known or free_id(
            _first_words(article.title or article.name), taken, otherwise="source"
        )
        self.source_is_known = known is not None
        taken.add(self.source)
        directory = Directory.of(record, article.published)
        self.people = People(record, directory, taken)
        self.author = self._author()
        self._starts = [one.span.start for one in reading.dates]

    def _author(self) -> str:
        """Return the actor whose own words the article holds."""
        article = self.reading.article
        name, kind = article.author, "person"
        if self.record is not None and self.source_is_known:
            source = self.record.entries[self.source]
            assert isinstance(source, Source)
            name = source.author or name
        if name is None and article.publisher:
            name, kind = article.publisher, "outlet"
        if name is None:
            name, kind = f"Author of {article.title or article.name}", AUTHOR
        who = Who(name, Span(0, 0), name, kind=kind)
        return self.people.id_of(who)

    # -- all of it -------------------------------------------------------------------------------

    def drafts(self) -> tuple[Draft, ...]:
        """Return all drafts, numbered."""
        body = [*self._statements(), *self._claims(), *self._measures()]
        body.sort(key=lambda one: one.span or Span(0, 0))
        self.people.add_roles(self.reading.roles, {"source": self.source})
        head = [] if self.source_is_known else [self._source()]
        made = [*head, *self._actors(), *body]
        ids = {one.id for one in made}
        return tuple(
            replace(
                one,
                number=number,
                depends=tuple(sorted(ids & set(_named(one.entry)) - {one.id})),
            )
            for number, one in enumerate(made, start=1)
        )

    def _source(self) -> Draft:
        article = self.reading.article
        given = {
            "title": article.title or article.name,
            "publisher": article.publisher,
            "author": article.author,
            "url": article.url,
            "date": article.published,
        }
        entry: dict[str, Tree] = {key: value for key, value in given.items() if value}
        known = {("date" if k == "published" else k): v for k, v in article.known.items()}
        if known:
            entry["known"] = {
                k: v for k, v in known.items() if k in ("title", "author", "date", "url")
            }
        loaded = self.reading.manner.loaded
        if loaded:
            entry["wording"] = {word: str(count) for word, count in loaded.items()}
        lines = [self.text[s.start : s.end].split("\n")[0].strip() for s in article.furniture]
        if lines:
            entry["furniture"] = lines
        return Draft(0, "sources", self.source, entry, words=article.title or article.name)

    def _actors(self) -> Iterator[Draft]:
        for person in self.people.new.values():
            named = person.who.span.end > 0
            yield Draft(
                0,
                "actors",
                person.id,
                person.entry,
                place=self.reading.layout.place(person.who.span) if named else "",
                span=person.who.span if named else None,
                words=person.who.words,
            )

    # -- statements ------------------------------------------------------------------------------

    def _statements(self) -> Iterator[Draft]:
        for said in self.reading.statements:
            quoted = [self.reading.quotations[k] for k in said.quotations]
            entry, needs = self._statement(said, quoted)
            state, beside = self.matches.of(said.span, said.kind, quoted)
            yield Draft(
                0,
                "statements",
                self._id(said.span),
                entry,
                place=self.reading.layout.place(said.span),
                span=said.span,
                words=self._shown(said.span),
                check=state,
                beside=beside,
                confidence=said.confidence,
                needs=needs,
            )

    def _statement(
        self, said: Said, quoted: Sequence[Quotation]
    ) -> tuple[dict[str, Tree], tuple[str, ...]]:
        entry: dict[str, Tree] = {"kind": said.kind}
        self._add_date(entry, said)
        needs = []
        author_speaks = said.holder is not None and said.holder.kind == AUTHOR
        if author_speaks:
            entry["speaker"] = self.author
        elif said.holder is not None:
            speaker, office = self.people.speaker(said.holder)
            entry["speaker"] = speaker
            if office:
                entry["by_office"] = office
        else:
            needs.append("speaker")
        if said.to is not None and said.to.kind != AUTHOR:
            entry["to"] = self.people.id_of(said.to)
        entry["what"] = said.about or self._shown(said.span)
        quotes: list[Tree] = [_quote(one) for one in quoted]
        if quotes:
            entry["quote"] = quotes
        medium = next((one.medium for one in quoted if one.medium), "")
        if medium:
            entry["medium"] = medium
        due = self._due(said)
        if due:
            entry["due"] = due
        if said.likelihood:
            entry["likelihood"] = said.likelihood
        if said.reporter is not None and not author_speaks:
            from_author = said.reporter.kind == AUTHOR
            entry["according_to"] = self.author if from_author else self.people.id_of(said.reporter)
        entry["sources"] = [self._ref(said.span)]
        return entry, tuple(needs)

    def _add_date(self, entry: dict[str, Tree], said: Said) -> None:
        published = self.reading.article.published
        if said.holder is not None and said.holder.kind == AUTHOR and published:
            entry["date"] = published
            return
        dating = None if said.dating is None else self.reading.dates[said.dating]
        if dating is None or dating.edtf is None or dating.length:
            return
        if published and _earliest(dating.edtf) > _latest(published):
            # nothing is said after it was reported: the date is of what was said
            return
        entry["date"] = dating.edtf
        if dating.anchor:
            entry["dated"] = {"words": dating.text, "anchor": dating.anchor}

    def _due(self, said: Said) -> str:
        """Return by when what is promised, demanded or threatened should be, where it is told."""
        if said.kind not in ("promise", "demand", "offer", "acceptance"):
            return ""
        dates = self.reading.dates
        for index in range(bisect_left(self._starts, said.span.start), len(dates)):
            dating = dates[index]
            if dating.span.start >= said.span.end:
                break
            if index != said.dating and dating.edtf and _BOUND.match(dating.edtf):
                return dating.edtf
        return ""

    # -- what can be compared --------------------------------------------------------------------

    def _claims(self) -> Iterator[Draft]:
        """Yield what the author states of things in the record, as claims to be compared."""
        by_sentence: dict[Span, list[Comparison]] = {}
        sentences = self.reading.layout.sentences
        for one in self.comparisons:
            if self._claim(one):
                sentence = sentences[self.reading.layout.sentence_at(one.span.start)]
                by_sentence.setdefault(sentence, []).append(one)
        for sentence, found in by_sentence.items():
            entry: dict[str, Tree] = {"kind": "assertion"}
            if self.reading.article.published:
                entry["date"] = self.reading.article.published
            entry["speaker"] = self.author
            entry["what"] = self._shown(sentence)
            entry["claims"] = [self._claim(one) for one in found]
            entry["sources"] = [self._ref(sentence)]
            state, beside = self.matches.of(sentence, "assertion", ())
            yield Draft(
                0,
                "statements",
                self._id(sentence),
                entry,
                place=self.reading.layout.place(sentence),
                span=sentence,
                words=self._shown(sentence),
                check=state,
                beside=beside,
                confidence="certain",
            )

    def _claim(self, one: Comparison) -> dict[str, Tree]:
        """Return a comparison as a claim, which says the same of the record; or nothing."""
        claim: dict[str, Tree] = {"about": one.entry}
        match one.what:
            case "date":
                claim["date"] = one.said
            case "number" if one.result != "open":
                pairs = (part.split(" ") for part in one.said.split(", "))
                claim["targets"] = {kind: number for number, kind in pairs}
            case "role" if one.result != "open" and not is_former(one.said):
                claim["office"] = self._office(one)
                if self.reading.article.published:
                    claim["on"] = self.reading.article.published
            case _:
                return {}
        return claim

    def _office(self, one: Comparison) -> str:
        """Return an office that is said, in the words of the record where it has the same."""
        person = self.people.actor(one.entry)
        if one.result != "agrees" or person is None:
            return one.said
        said = {who.office for who in self.reading.roles if who.span == one.span}
        same = (
            role.office
            for role in person.roles
            if role.office in one.found and any(same_role(office, role.office) for office in said)
        )
        return next(same, one.said)

    # -- measures --------------------------------------------------------------------------------

    def _measures(self) -> Iterator[Draft]:
        compared = {one.span for one in self.comparisons if one.what == "number"}
        for measure in self.reading.measures:
            if measure.span in compared:
                # the record has it; what differs stands with the claim
                continue
            entry, needs = self._measure(measure)
            state, beside = self.matches.of_measure(measure.span)
            yield Draft(
                0,
                "measures",
                self._id(measure.span),
                entry,
                place=self.reading.layout.place(measure.span),
                span=measure.span,
                words=self._shown(measure.span),
                check=state,
                beside=beside,
                confidence="likely",
                needs=needs,
            )

    def _measure(self, measure: MeasureFound) -> tuple[dict[str, Tree], tuple[str, ...]]:
        entry: dict[str, Tree] = {}
        needs = []
        if measure.imposer is None:
            needs.append("by")
        else:
            entry["by"] = self.people.speaker(measure.imposer)[0]
        entry["what"] = self._shown(measure.span)
        entry["kind"] = measure.kind
        if measure.against is not None:
            entry["against"] = self.people.id_of(measure.against)
        if measure.named:
            entry["targets"] = list(measure.named)
        status: dict[str, Tree] = {
            "state": "not-in-force" if measure.kind == "delisting" else "in-force"
        }
        dating = None if measure.dating is None else self.reading.dates[measure.dating]
        if dating is not None and dating.edtf:
            status["from"] = dating.edtf
        entry["status"] = [status]
        entry["sources"] = [self._ref(measure.span)]
        return entry, tuple(needs)

    # -- small things ----------------------------------------------------------------------------

    def _id(self, span: Span) -> str:
        number = self.reading.layout.paragraph_at(span.start).number
        id_ = free_id(f"{self.source}_p{number}", self.people.taken, otherwise="entry")
        self.people.taken.add(id_)
        return id_

    def _ref(self, span: Span) -> dict[str, Tree]:
        return {"source": self.source, "at": self.reading.layout.place(span)}

    def _shown(self, span: Span) -> str:
        words = " ".join(self.text[span.start : span.end].split())
        return words if len(words) <= _SHOWN else words[: _SHOWN - 3] + "..."


def _quote(quotation: Quotation) -> Tree:
    text = " ".join(quotation.text.split())
    return {"text": text, "edited": "true"} if quotation.edited else {"text": text}


def _first_words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title)[:4])


def _named(tree: Tree, key: str = "") -> Iterator[str]:
    """Yield the ids that an entry names, which stand under certain keys alone."""
    if isinstance(tree, str):
        if key in _NAMING:
            yield tree
    elif isinstance(tree, Mapping):
        for inner, value in tree.items():
            yield from _named(value, inner)
    elif isinstance(tree, Sequence):
        for item in tree:
            yield from _named(item, key)


def _earliest(edtf: str) -> int:
    try:
        return parse_when(edtf).earliest
    except DateError:
        return 0


def _latest(edtf: str) -> int:
    try:
        return parse_when(edtf).latest
    except DateError:
        return 2**62
