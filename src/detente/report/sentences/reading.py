"""What was found in an article, in sentences: whose each thing is, and what was left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from detente.reading.against import Comparison
from detente.reading.drafts import Draft
from detente.reading.found import Kind, MeasureFound, Said, Who
from detente.reading.read import Reading
from detente.record import Record
from detente.report.sentences.phrases import count, join, quoted
from detente.report.sentences.standing import Entered, EnteredSection, Note

__all__ = [
    "MANNER",
    "ActorFound",
    "actors_of",
    "at_odds_of",
    "found_line",
    "head_lines",
    "manner_lines",
    "odds_section",
    "open_lines",
    "reading_sections",
    "reporter_line",
]

MANNER = (
    "This is a property of how the source words things. It is no verdict on the source, and says "
    "nothing about what is true."
)

#: the words for a kind of statement, many of it
_KINDS = {
    "assertion": "Assertions",
    "accusation": "Accusations",
    "denial": "Denials",
    "demand": "Demands",
    "offer": "Offers",
    "acceptance": "Acceptances",
    "refusal": "Refusals",
    "threat": "Threats",
    "warning": "Warnings",
    "promise": "Promises",
    "forecast": "Forecasts",
    "reaction": "Reactions",
}
_FORMATS = {"text": "plain text", "html": "web page", "mail": "mail"}
_KNOWN = {"given": "given", "from-url": "from the address", "inferred": "inferred"}
_TARGETS = {
    "person": ("person", "persons"),
    "organisation": ("organisation", "organisations"),
    "vessel": ("vessel", "vessels"),
    "aircraft": ("aircraft", "aircraft"),
    "other": ("other", "others"),
}
_COUNT = re.compile(rf"\b(\d+) ({'|'.join(_TARGETS)})\b")
#: what is compared with the record, in words
_COMPARED = {
    "number": "number of targets",
    "role": "office",
    "day": "day on which it was said",
}
#: how many characters of a quotation, and of what somebody said, a screen shows
_FIRST, _ABOUT = 72, 160
#: how many paragraphs are named where something is open
_MOST_PLACES = 12


class ActorFound:
    """An actor that an article names, however often and by whatever words."""

    def __init__(self, who: Who) -> None:
        self.first = who
        self.mentions = 0
        self.office = ""
        self.of = ""

    def met(self, who: Who) -> None:
        """Note one more place where it is named."""
        self.mentions += 1
        self.office, self.of = self.office or who.office, self.of or who.of


def actors_of(reading: Reading) -> tuple[ActorFound, ...]:
    """Return the actors of an article in its order, each once.

    Of those that the record does not have only those who act or speak: other names in a text may be
    those of rivers, books and days.
    """
    acting = _acting(reading)
    found: dict[tuple[bool, str], ActorFound] = {}
    for who in reading.mentions:
        new = who.actor is None
        if new and not (who.name in acting and _particular(who, reading.article.author)):
            continue
        key = (who.actor is not None, who.actor or who.name)
        found.setdefault(key, ActorFound(who)).met(who)
    return tuple(found.values())


def _acting(reading: Reading) -> set[str]:
    """Return the names of all who speak, are spoken to, hold an office or impose something."""
    some = [
        *(one.speaker for one in reading.quotations),
        *(who for one in reading.statements for who in (one.holder, one.to, one.reporter)),
        *(who for one in reading.measures for who in (one.imposer, one.against)),
        *reading.roles,
    ]
    return {who.name for who in some if who is not None}


def _particular(who: Who, author: str | None) -> bool:
    """Tell whether somebody new is meant: "the party" is nobody in particular."""
    named = who.kind not in ("author", "unresolved") and who.name[:1].isupper()
    return named and who.name != author


def at_odds_of(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return what the record says otherwise."""
    return tuple(one for one in comparisons if one.result == "differs")


# -- head ----------------------------------------------------------------------------------------


def head_lines(reading: Reading, record: Record | None, dossier: str | None) -> list[str]:
    """Return who wrote an article and when, how that is known, and how much of it was read."""
    article = reading.article
    facts = []
    for what in ("author", "published", "publisher", "url"):
        value = getattr(article, what)
        known = _KNOWN.get(article.known.get(what, ""), "")
        if value is not None:
            facts.append(f"{what} {value}" + (f" ({known})" if known else ""))
        elif what in ("author", "published"):
            facts.append(f"{what} not known")
    if article.title is not None and article.known.get("title") != "given":
        facts.insert(0, f"title {_KNOWN[article.known['title']]}")
    layout = reading.layout
    words = sum(1 for one in layout.content for _ in layout.words(one.span))
    paragraphs = count(len(layout.paragraphs), "paragraph")
    size = f"{_FORMATS[article.format]}, {count(words, 'word')} in {paragraphs}"
    left = [one.number for one in layout.paragraphs if not one.content]
    if left:
        size += f", of which {_numbers(left)} {'is' if len(left) == 1 else 'are'} furniture"
    lines = ["; ".join(facts), size]
    if record is not None:
        lines.append(
            f"held against {record.title}: {count(len(record.entries), 'entry', 'entries')}"
        )
    elif dossier is not None:
        lines.append(f"{dossier} holds no record yet, so there was nothing to hold it against")
    return lines


def _numbers(numbers: Sequence[int]) -> str:
    """Return paragraphs as ``P3 and P60-P67``."""
    runs: list[list[int]] = []
    for one in numbers:
        if runs and runs[-1][-1] == one - 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return join(f"P{run[0]}" + (f"-P{run[-1]}" if len(run) > 1 else "") for run in runs)


def found_line(reading: Reading, drafts: Sequence[Draft]) -> str:
    """Return how much was found, and how many drafts came of it."""
    actors = actors_of(reading)
    known = sum(one.first.actor is not None for one in actors)
    told = [
        count(len(reading.quotations), "quotation"),
        count(len(reading.statements), "statement"),
        count(len(reading.dates), "date"),
        count(len(reading.measures), "measure"),
        count(len(actors), "actor") + (f" ({known} of the record)" if known else ""),
    ]
    checks: Counter[str] = Counter(one.check for one in drafts)
    beside = [
        f"{checks[check]:,} {words}"
        for check, words in (("new", "new"), ("there", "there already"), ("at-odds", "at odds"))
        if checks[check]
    ]
    made = count(len(drafts), "draft") + (f" ({', '.join(beside)})" if beside else "")
    return f"{', '.join(told)}; {made}"


# -- what was found ------------------------------------------------------------------------------


def odds_section(comparisons: Sequence[Comparison], record: Record | None) -> EnteredSection:
    """Return what the record says otherwise: what, said, found, and where it stands."""
    entries = []
    for one in at_odds_of(comparisons):
        at = _where(one.entry, record)
        words = quoted(_cut(one.words, _FIRST))
        notes = (
            Note(f"the record has {_counted(one.found)}", f"[{one.entry}] {at}".rstrip()),
            Note(words),
        )
        what = _COMPARED.get(one.what, one.what)
        entries.append(Entered(one.place, "", f"{what}: {_counted(one.said)}", notes=notes))
    return EnteredSection("at-odds", "At odds with the record", tuple(entries))


def _where(entry: str, record: Record | None) -> str:
    """Return file and line of an entry; a milestone stands where its agreement does."""
    places = {} if record is None else record.places
    place = places.get(entry) or places.get(entry.partition(".")[0])
    return f"{place.file}:{place.line}" if place else ""


def _counted(text: str) -> str:
    """Return ``2 person, 2 organisation`` as people write it; anything else as it is."""
    return _COUNT.sub(lambda found: count(int(found[1]), *_TARGETS[found[2]]), text)


def reading_sections(reading: Reading) -> Iterator[EnteredSection]:
    """Yield what was found, kind by kind; of each what the text says, and where."""
    for id_, title, entries in (
        ("quotations", "Quotations", _quotations(reading)),
        *((kind, _KINDS[kind], _statements(reading, kind)) for kind in get_args(Kind)),
        ("dates", "Dates", _dates(reading)),
        ("measures", "Measures announced", _measures(reading)),
    ):
        told = tuple(entries)
        if told:
            yield EnteredSection(id_, title, told)


def _quotations(reading: Reading) -> Iterator[Entered]:
    for one in reading.quotations:
        if not one.speech:
            who, aside = "", "words in quotation marks, no speech"
        elif one.speaker is None:
            who, aside = "speaker open", one.medium
        else:
            who, aside = _name(reading, one.speaker), f"{one.confidence}, {one.medium}".strip(", ")
        words = quoted(_cut(one.text, _FIRST))
        yield Entered(reading.layout.place(one.span), "", words, who, _aside(aside))


def _statements(reading: Reading, kind: str) -> Iterator[Entered]:
    """Yield the statements of a kind; those of one holder stand together."""
    mine = [one for one in reading.statements if one.kind == kind]
    by_holder: dict[str, list[Said]] = {}
    for one in mine:
        by_holder.setdefault(_holder(reading, one), []).append(one)
    grouped = len(by_holder) < len(mine)
    for holder, said in by_holder.items():
        if grouped:
            yield Entered("", "", "", holder)
        for one in said:
            place = reading.layout.place(one.span)
            about = one.about or reading.article.text[one.span.start : one.span.end]
            to = f"to {_name(reading, one.to)}" if one.to else ""
            other = one.reporter is not None and one.reporter.kind != "author"
            reporter = f"according to {_name(reading, one.reporter)}" if other else ""
            lead = f"{'' if grouped else holder} {to}".strip()
            who = ", ".join(filter(None, (lead, reporter)))
            words = quoted(_cut(about.strip('“”",'), _ABOUT))
            yield Entered(place, "", words, who, _aside(*_particulars(reading, one)))


def _particulars(reading: Reading, said: Said) -> Iterator[str]:
    """Yield the date of a statement, whether it is denied, and how sure its holder is."""
    if said.dating is not None:
        yield reading.dates[said.dating].edtf or ""
    if said.negated:
        yield "said not to be so"
    if said.holder is not None and said.confidence != "certain":
        yield said.confidence


def _aside(*parts: str) -> str:
    told = ", ".join(filter(None, parts))
    return f"({told})" if told else ""


def _holder(reading: Reading, said: Said) -> str:
    return "holder open" if said.holder is None else _name(reading, said.holder)


def _dates(reading: Reading) -> Iterator[Entered]:
    for one in reading.dates:
        words = quoted(_cut(one.text, _FIRST))
        meaning = one.edtf or ("a length of time" if one.length else "left open")
        anchor = f"from {one.anchor}" if one.anchor else ""
        place = reading.layout.place(one.span)
        yield Entered(place, meaning, words, aside=_aside(one.length, one.rule, anchor))


def _measures(reading: Reading) -> Iterator[Entered]:
    for one in reading.measures:
        date = None if one.dating is None else reading.dates[one.dating].edtf
        who = "imposer open" if one.imposer is None else _name(reading, one.imposer)
        against = f" against {_name(reading, one.against)}" if one.against else ""
        told = f"{one.kind}{against}: {_targets(one)}"
        named = f"({join(one.named)})" if one.named else ""
        place = reading.layout.place(one.span)
        yield Entered(place, date or "date open", told, who, named)


def _targets(measure: MeasureFound) -> str:
    targets = {kind: n for kind, n in (measure.targets or {}).items() if n}
    return join(count(n, *_TARGETS[kind]) for kind, n in targets.items()) or "targets not counted"


def _name(reading: Reading, who: Who | None) -> str:
    if who is None or who.kind == "author":
        return reading.article.author or "the author"
    return who.name


def reporter_line(reading: Reading) -> str:
    """Return in whose words statements are told, and who reports them."""
    author = reading.article.author or "the author"
    return f"In the words of the article; where nobody else is named, {author} reports it."


# -- manner, and what is open --------------------------------------------------------------------


def manner_lines(reading: Reading) -> list[str]:
    """Return how many loaded words a source uses, which, and what that means."""
    manner = reading.manner
    if not manner.words:
        return []
    told = f"{manner.per_1000:.1f} loaded words per 1,000, of {manner.words:,} outside quotations"
    if manner.loaded:
        told += ": " + ", ".join(f"{word} {n}" for word, n in manner.loaded.items())
    return [told, MANNER]


def open_lines(reading: Reading) -> list[str]:
    """Return in plain words what the text, or the rules, left open."""
    article = reading.article
    lines = []
    if article.published is None:
        lines.append(
            "The day of publication is not known, so dates counted from it are open: "
            "--published DATE"
        )
    if article.author is None:
        lines.append("The author is not known.")
    for spans, one, many in (
        ([q.span for q in reading.quotations if q.speech and q.speaker is None],
         "quotation has no speaker", "quotations have no speaker"),
        ([s.span for s in reading.statements if s.holder is None],
         "statement has no holder", "statements have no holder"),
        ([m.span for m in reading.measures if m.imposer is None],
         "measure has no imposer", "measures have no imposer"),
        ([m.span for m in reading.measures if m.dating is None],
         "measure has no date", "measures have no date"),
        ([m.span for m in reading.measures if not m.targets],
         "measure has no count of targets", "measures have no count of targets"),
        ([d.span for d in reading.dates if d.edtf is None and not d.length],
         "date has no meaning", "dates have no meaning"),
    ):  # fmt: skip
        if spans:
            places = list(dict.fromkeys(map(reading.layout.place, spans)))
            shown = places[:_MOST_PLACES]
            rest = [f"{len(places) - len(shown):,} more"] if len(places) > len(shown) else []
            where = join([*shown, *rest])
            lines.append(f"{count(len(spans), one, many)}: {where}.")
    return lines


def _bare(text: str) -> str:
    """Return words without the marks that stand around all of them."""
    whole = text[:1] in '“"' and not {"“", "”", '"'} & set(text[1:].rstrip('”",'))
    return text.strip('“”",') if whole else text


def _cut(text: str, most: int) -> str:
    """Return a text on one line, cut after a word where it is longer than `most`."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[: most - 2].rsplit(' ', 1)[0].rstrip(',;:')} …"
