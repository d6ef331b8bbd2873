"""What an article says of things that a record holds, and whether both say the same.

Compared are the days of agreements, the number of those whom a measure names, offices, and the
speaker and day of words that the record quotes as well. Nothing is judged: both are told, each with
its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.reading.directory import Directory
from detente.reading.found import Dating, Quotation, Span, Who
from detente.reading.offices import is_former, same_role, same_side
from detente.reading.read import Reading
from detente.record.actors import Actor, Role, Source
from detente.record.claims import Claim
from detente.record.comparison import compare_claim, dates_of
from detente.record.dates import DateError, When, parse_when
from detente.record.entries import Agreement, Measure, Statement
from detente.record.record import Record

__all__ = ["Comparison", "alike", "check", "is_former", "plain_words", "source_of"]

#: a verb that tells which milestone of an agreement a day belongs to -> words in its id
_STONES: Mapping[str, tuple[str, ...]] = {
    "adopt": ("adopt",),
    "agree": ("agree", "conclu", "adopt", "sign"),
    "sign": ("sign", "conclu", "agree"),
    "conclude": ("conclu", "agree", "sign"),
    "implement": ("implement",),
    "terminate": ("terminat",),
    "ratif": ("ratif",),
    "approve": ("adopt", "approv"),
    "pass": ("adopt",),
}
_STONE = re.compile(
    r"\b(?P<verb>adopt|agree|sign|conclude|implement|terminate|ratif|approve|pass)(?:d|ed|ied)\b"
    r"[^.;,]{0,25}$"
)
#: words so alike are the same words
_ALIKE = 90
#: and so many of them are needed to tell
_ENOUGH = 25
_BRACKETED = re.compile(r"\[[^\]]*\]|\((?:[^()]* [^()]*)\)|[()\[\]]|\.\.\.|…")
_NOT_A_WORD = re.compile(r"[^\w\s]+")
#: the number of a resolution; without such a word before it, it may be a year
_NUMBER = re.compile(
    r"\b(?:(?:resolution|res\.?|decision|no\.?|number) )?(\d{3,5})\b(?! *\))", re.I
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that an article says, and what the record has of the same.

    Attributes
    ----------
    span : Span
        The passage.
    words : str
        As printed there.
    place : str
        Its paragraph: ``P26``.
    entry : str
        Id of the entry, or ``agreement.milestone``.
    what : str
        ``date``, ``number``, ``role``, ``speaker`` or ``day``.
    said, found : str
        What the article says, and what the record has.
    result : str
        ``agrees``, ``differs`` or ``open``.
    """

    span: Span
    words: str
    place: str
    entry: str
    what: str
    said: str
    found: str
    result: str


def check(reading: Reading, record: Record) -> tuple[Comparison, ...]:
    """Return every comparison that a reading and a record allow, in the order of the text.

    Parameters
    ----------
    reading : Reading
        Read with the same record, so that its actors have their ids.
    record : Record
    """
    checked = _Check(reading, record)
    found = [
        *checked.milestones(), *checked.measures(), *checked.roles(), *checked.quotations(),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.span))


def source_of(reading: Reading, record: Record) -> str | None:
    """Return the id of the source that an article is, if the record has it: same title or url."""
    title = plain_words(reading.article.title or "")
    for source in record.of_kind(Source):
        if title and plain_words(source.title) == title:
            return source.id
        if reading.article.url and source.url == reading.article.url:
            return source.id
    return None


def plain_words(text: str) -> str:
    """Return words without marks, brackets and capitals, so that the same words are equal."""
    return " ".join(_NOT_A_WORD.sub(" ", _BRACKETED.sub(" ", text)).lower().split())


def alike() -> Callable[[str, str], bool]:
    """Return what tells whether two texts in plain words are the same, or one is in the other."""
    try:
        from rapidfuzz import fuzz  # noqa: PLC0415
    except ImportError:
        return lambda one, other: one in other or other in one
    return lambda one, other: fuzz.partial_ratio(one, other) >= _ALIKE


class _Check:
    """A reading beside a record."""

    def __init__(self, reading: Reading, record: Record) -> None:
        self.reading, self.record = reading, record
        self.text = reading.article.text
        self.sentences = reading.layout.sentences
        self.source = source_of(reading, record)
        published = reading.article.published
        self.day = _when(published) if published else None
        self.directory = Directory.of(record, published)

    def _comparison(
        self, span: Span, entry: str, what: str, *, said: str, found: str, same: bool | None
    ) -> Comparison:
        words = " ".join(self.text[span.start : span.end].split())
        result = "open" if same is None else "agrees" if same else "differs"
        place = self.reading.layout.place(span)
        return Comparison(span, words, place, entry, what, said, found, result)

    # -- days of agreements ----------------------------------------------------------------------

    def milestones(self) -> Iterator[Comparison]:
        """Yield what the text says of the days of agreements: adopted on, signed on."""
        names = {one.id: _names_of(one) for one in self.record.of_kind(Agreement)}
        starts = [one.start for one in self.sentences]
        for dating in self.reading.dates:
            when = _when(dating.edtf) if dating.edtf else None
            index = bisect_right(starts, dating.span.start) - 1
            if when is None or index < 0:
                continue
            sentence = self.sentences[index]
            before = self.text[sentence.start : dating.span.start]
            verb = _STONE.search(before)
            if verb is None:
                continue
            # the agreement named last before the verb
            places = [
                (found.start(), id_)
                for id_, pattern in names.items()
                for found in pattern.finditer(before)
            ]
            if places:
                yield from self._milestone(dating, when, max(places)[1], verb["verb"])

    def _milestone(
        self, dating: Dating, when: When, agreement: str, verb: str
    ) -> Iterator[Comparison]:
        entry = self.record.entries[agreement]
        assert isinstance(entry, Agreement)
        wanted = _STONES[verb]
        own = _stones(entry, wanted)
        # what a resolution endorses has days of the same names, such as its adoption day
        others = [] if verb == "agree" else [
            stone
            for id_ in entry.part_of
            if isinstance(other := self.record.entries.get(id_), Agreement)
            for stone in _stones(other, wanted[:1])
        ]  # fmt: skip
        known = [
            (stone, date) for stone in (*own, *others) for date in dates_of(self.record, stone)
        ]
        if not known:
            return
        same = [stone for stone, date in known if _overlap(date, when)]
        stone = same[0] if same else known[0][0]
        found = ", ".join(str(date) for one, date in known if one == stone)
        yield self._comparison(
            dating.span, stone, "date", said=str(when), found=found, same=bool(same)
        )

    # -- measures --------------------------------------------------------------------------------

    def measures(self) -> Iterator[Comparison]:
        """Yield how many targets the text counts of a measure that the record has."""
        for measure in self.reading.measures:
            dating = None if measure.dating is None else self.reading.dates[measure.dating]
            when = _when(dating.edtf) if dating and dating.edtf else None
            if when is None or measure.imposer is None or measure.imposer.actor is None:
                continue
            imposers = set(self.record.groups_of(measure.imposer.actor, when.earliest))
            lifted = measure.kind == "delisting"
            found = []
            for entry in self.record.of_kind(Measure):
                days = dates_of(self.record, entry.id)
                fits = not imposers.isdisjoint(entry.by) and any(_overlap(d, when) for d in days)
                if not fits or not measure.targets or (entry.kind == "delisting") != lifted:
                    continue
                claim = Claim.model_validate({"about": entry.id, "targets": dict(measure.targets)})
                found += compare_claim(self.record, "", claim)
            # of several on one day it is the one that agrees; if none does, nobody knows which
            alone = len(found) == 1
            for one in [one for one in found if one.result == "agrees"][:1] or found:
                same = {"agrees": True, "differs": False if alone else None}.get(one.result)
                yield self._comparison(
                    measure.span, one.entry, "number", said=one.said, found=one.found, same=same
                )

    # -- offices ---------------------------------------------------------------------------------

    def roles(self) -> Iterator[Comparison]:
        """Yield the offices that the text gives to persons of the record."""
        for who in self.reading.roles:
            person = self.record.entries.get(who.actor or "")
            if not isinstance(person, Actor) or person.kind != "person" or not person.roles:
                continue
            former = is_former(who.office)
            held = [role for role in person.roles if self._then(role) != former]
            if not held:
                continue
            said = f"{who.office} of {who.of}" if who.of else who.office
            same = self._holds(who, held)
            if same is False and former:
                same = None
            offices = ", ".join(role.office for role in held)
            yield self._comparison(who.span, person.id, "role", said=said, found=offices, same=same)

    def _holds(self, who: Who, held: Sequence[Role]) -> bool | None:
        """Tell whether one of the offices held is the one that the text gives."""
        results = []
        for role in held:
            same = same_role(who.office, role.office)
            if same and who.of:
                side = same_side(self.record, self.directory, who.of, role, self.day)
                same = side is not False
            results.append(same)
        return True if True in results else None if None in results else False

    def _then(self, role: Role) -> bool:
        """Tell whether an office may have been held when the text was published."""
        if self.day is None:
            return True
        return (role.start is None or role.start.earliest <= self.day.latest) and (
            role.end is None or self.day.earliest <= role.end.latest
        )

    # -- quotations ------------------------------------------------------------------------------

    def quotations(self) -> Iterator[Comparison]:
        """Yield the speaker and the day of words that the record quotes as well."""
        known = [
            (statement, plain)
            for statement in self.record.of_kind(Statement)
            if not self._from_here(statement)
            for quote in statement.quote
            if len(plain := plain_words(quote.text)) >= _ENOUGH
        ]
        same_words = alike()
        for number, quotation in enumerate(self.reading.quotations):
            plain = plain_words(quotation.text)
            if quotation.inside is not None or len(plain) < _ENOUGH:
                continue
            for statement, words in known:
                if same_words(plain, words):
                    yield from self._said(quotation, self.reading.said.get(number), statement)

    def _from_here(self, statement: Statement) -> bool:
        return self.source is not None and any(
            ref.source == self.source for ref in statement.sources
        )

    def _said(
        self, quotation: Quotation, day: int | None, statement: Statement
    ) -> Iterator[Comparison]:
        speaker = quotation.speaker
        if speaker is not None and quotation.confidence == "certain":
            same = speaker.actor in (*statement.speaker, *statement.on_behalf)
            found = ", ".join(statement.speaker)
            said = speaker.actor or speaker.name
            yield self._comparison(
                quotation.span, statement.id, "speaker", said=said, found=found, same=same
            )
        edtf = None if day is None else self.reading.dates[day].edtf
        when = _when(edtf) if edtf else None
        if when is not None and statement.date is not None:
            yield self._comparison(
                quotation.span,
                statement.id,
                "day",
                said=str(when),
                found=str(statement.date),
                same=_overlap(statement.date, when),
            )


def _names_of(agreement: Agreement) -> re.Pattern[str]:
    """Return what finds an agreement in a text: its id, its name, the number in its name."""
    names = {re.escape(agreement.id), re.escape(agreement.name)}
    for found in _NUMBER.finditer(agreement.name.split("(")[0]):
        year = 1800 <= int(found[1]) < 2100 and found[0] == found[1]
        names |= set() if year else {found[1]}
    names |= {re.escape(one) for one in re.findall(r"\b[A-Z]{3,}\b", agreement.name)}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(names, key=len, reverse=True))})(?!\w)", re.I)


def _stones(agreement: Agreement, wanted: Sequence[str]) -> list[str]:
    """Return the milestones of an agreement whose ids hold a word, in the order of the words."""
    return [
        f"{agreement.id}.{name}" for word in wanted for name in agreement.milestones if word in name
    ]


def _overlap(one: When, other: When) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _when(edtf: str) -> When | None:
    try:
        return parse_when(edtf)
    except DateError:
        return None
