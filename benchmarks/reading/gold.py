"""The annotated passages, loaded and checked; `guide.md` says how they are annotated.

``python -m benchmarks.reading.gold FILE...`` checks files (all of both halves if none is named)
and prints how much they hold, and none of their text.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import yaml

from detente.reading.found import AUTHOR, Kind, Span
from detente.record.dates import DateError, parse_when

__all__ = [
    "HALVES",
    "KINDS",
    "GoldDate",
    "GoldError",
    "GoldMeasure",
    "GoldQuotation",
    "GoldStatement",
    "Passage",
    "Place",
    "counts",
    "files_of",
    "load",
    "load_half",
]

KINDS: tuple[str, ...] = get_args(Kind)
#: one is there to write rules against, the other to measure them
HALVES = ("learn", "measure")
TARGETS = ("person", "organisation", "vessel", "aircraft", "other")
_HERE = Path(__file__).parent
_MARKS = "\"'“”‘’«»„‹›"
_LENGTH = re.compile(r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?)?")
_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    # what an entry must have, and what it may have besides
    "passages": (
        frozenset({"id", "text"}),
        frozenset(
            {"published", "shows", "actors", "quotations", "statements", "dates", "measures"}
        ),
    ),
    "quotations": (frozenset(), frozenset({"words", "from", "to", "speaker", "speech", "nth"})),
    "statements": (frozenset({"kind", "holder", "in"}), frozenset({"to", "nth"})),
    "dates": (frozenset({"text", "edtf"}), frozenset({"length", "nth"})),
    "measures": (frozenset({"imposer", "targets", "date"}), frozenset({"in", "nth"})),
}


class GoldError(ValueError):
    """Passages are not annotated as the guide says.

    Attributes
    ----------
    problems : sequence of str
        Everything that is wrong, each with its file and passage.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a text: the words, or both ends of them."""

    words: str
    to: str = ""
    nth: int = 1

    def find(self, text: str) -> Span | None:
        """Return the characters, or None if the text does not have the words."""
        starts = list(_whole(self.words).finditer(text))
        if len(starts) < self.nth:
            return None
        first = starts[self.nth - 1]
        if not self.to:
            return Span(*first.span())
        last = _whole(self.to).search(text, first.end())
        return Span(first.start(), last.end()) if last else None


@cache
def _whole(words: str) -> re.Pattern[str]:
    """Match words as whole words, whatever space is between them."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + inner + after)


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """A quotation; `speaker` is a key of the actors, or None where the text does not say."""

    place: Place
    speaker: str | None
    speech: bool = True


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement; `holder` is a key of the actors, `author`, or None."""

    place: Place
    kind: str
    holder: str | None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A date and what it means; None where the text gives too little."""

    place: Place
    edtf: str | None
    length: str = ""


@dataclass(frozen=True, slots=True)
class GoldMeasure:
    """An announced measure; its place may be left out."""

    imposer: str | None
    targets: Mapping[str, int]
    date: str | None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and all that a careful reader finds in it."""

    id: str
    text: str
    published: str | None
    shows: tuple[str, ...]
    actors: Mapping[str, tuple[str, ...]]
    quotations: tuple[GoldQuotation, ...]
    statements: tuple[GoldStatement, ...]
    dates: tuple[GoldDate, ...]
    measures: tuple[GoldMeasure, ...]


class _Reader:
    """Reads the passages of a file and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.id = ""
        self.text = ""
        self.actors: dict[str, tuple[str, ...]] = {}
        self.problems: list[str] = []

    def wrong(self, what: str) -> None:
        self.problems.append(f"{self.file}: {self.id or 'file'}: {what}")

    def entries(self, whole: Mapping[str, object], part: str) -> list[dict[str, object]]:
        """Return the entries of a list, without those that are not formed as the guide says."""
        found = whole.get(part) or []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.wrong(f"{part} is no list of entries")
            return []
        must, may = _KEYS[part]
        for number, one in enumerate(found, start=1):
            if missing := sorted(must - one.keys()):
                self.wrong(f"{part} {number} has no {', '.join(missing)}")
            if unknown := sorted(map(str, one.keys() - must - may)):
                self.wrong(f"{part} {number} has an unknown {', '.join(unknown)}")
        return [one for one in found if must <= one.keys()]

    def place(self, entry: Mapping[str, object], key: str, part: str) -> Place | None:
        words, to, nth = entry.get(key, ""), "", entry.get("nth", 1)
        if part == "quotations" and not words:
            words, to = entry.get("from", ""), str(entry.get("to", ""))
            if words and not to:
                self.wrong(f"quotation from {words!r} has no end")
        if not isinstance(words, str) or not words.strip():
            self.wrong(f"an entry of {part} says no words: {dict(entry)}")
            return None
        if not isinstance(nth, int) or nth < 1:
            self.wrong(f"nth of {words!r} is no number from 1")
            return None
        place = Place(words, to, nth)
        if place.find(self.text) is None:
            ends = f" .. {to!r}" if to else ""
            again = f" a {nth}. time" if nth > 1 else ""
            self.wrong(f"{words!r}{ends} is not in the text{again}")
            return None
        return place

    def actor(self, entry: Mapping[str, object], key: str, *, author: bool = False) -> str | None:
        value = entry.get(key)
        if value is None or (value in self.actors) or (author and value == AUTHOR):
            return value if value is None else str(value)
        self.wrong(f"{key} {value!r} is none of the actors")
        return None

    def date(self, value: object, what: str) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(f"{what} {value!r} needs quotation marks")
            return None
        try:
            parse_when(value)
        except DateError as error:
            self.wrong(f"{what}: {error}")
        return value

    def passage(self, whole: Mapping[str, object]) -> Passage:
        self.id, self.text = str(whole["id"]), str(whole["text"])
        self.actors = self._actors(whole.get("actors") or {})
        published = self.date(whole.get("published"), "published")
        shows = whole.get("shows") or []
        return Passage(
            self.id,
            self.text,
            published,
            tuple(map(str, shows)) if isinstance(shows, list) else (str(shows),),
            self.actors,
            self._quotations(whole),
            self._statements(whole),
            self._dates(whole),
            self._measures(whole),
        )

    def _actors(self, found: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(found, dict):
            self.wrong("actors is no mapping of keys to names")
            return {}
        actors = {}
        for key, names in found.items():
            if not isinstance(names, list) or not names:
                self.wrong(f"actor {key} has no list of names")
                continue
            actors[str(key)] = tuple(map(str, names))
            for name in actors[str(key)]:
                if _whole(name).search(self.text) is None:
                    self.wrong(f"{name!r}, a name of {key}, is not in the text")
        return actors

    def _once(self, places: Iterable[tuple[object, Place]], part: str) -> None:
        """Complain of two entries for the same words; `nth` tells them apart."""
        counted = Counter((key, place.find(self.text)) for key, place in places)
        for (_, span), times in counted.items():
            if times > 1 and span is not None:
                words = self.text[span.start : span.end]
                self.wrong(f"{part}: {words!r} is annotated {times} times; nth tells them apart")

    def _quotations(self, whole: Mapping[str, object]) -> tuple[GoldQuotation, ...]:
        found = []
        for entry in self.entries(whole, "quotations"):
            speech = entry.get("speech", True)
            if not isinstance(speech, bool):
                self.wrong(f"speech is true or false, not {speech!r}")
            elif speech and "speaker" not in entry:
                self.wrong(f"a quotation has no speaker (null if the text does not say): {entry}")
            speaker = self.actor(entry, "speaker")
            place = self.place(entry, "words", "quotations")
            if place is not None:
                self._marked(place)
                found.append(GoldQuotation(place, speaker, speech is not False))
        self._once(((None, one.place) for one in found), "quotations")
        return tuple(found)

    def _marked(self, place: Place) -> None:
        """Complain of a quotation that has no marks around it."""
        span = place.find(self.text)
        assert span is not None
        before = self.text[: span.start].rstrip(" ([…")
        after = self.text[span.end :].lstrip(" .,;:!?…)]—-")
        if before[-1:] not in _MARKS or (after and after[0] not in _MARKS + "\n"):
            self.wrong(f"{self.text[span.start : span.end]!r} has no marks around it")

    def _statements(self, whole: Mapping[str, object]) -> tuple[GoldStatement, ...]:
        found = []
        for entry in self.entries(whole, "statements"):
            kind = str(entry["kind"])
            if kind not in KINDS:
                self.wrong(f"{kind!r} is no kind of statement")
            holder, to = self.actor(entry, "holder", author=True), self.actor(entry, "to")
            place = self.place(entry, "in", "statements")
            if place is not None:
                found.append(GoldStatement(place, kind, holder, to))
        self._once(((one.kind, one.place) for one in found), "statements")
        return tuple(found)

    def _dates(self, whole: Mapping[str, object]) -> tuple[GoldDate, ...]:
        found = []
        for entry in self.entries(whole, "dates"):
            length = str(entry.get("length") or "")
            if length and not _LENGTH.fullmatch(length):
                self.wrong(f"{length!r} is no length of time such as P30D")
            edtf = self.date(entry["edtf"], "edtf")
            place = self.place(entry, "text", "dates")
            if place is not None:
                found.append(GoldDate(place, edtf, length))
        self._once(((None, one.place) for one in found), "dates")
        return tuple(found)

    def _measures(self, whole: Mapping[str, object]) -> tuple[GoldMeasure, ...]:
        found = []
        for entry in self.entries(whole, "measures"):
            targets = entry["targets"]
            if not isinstance(targets, dict) or not all(
                key in TARGETS and isinstance(value, int) for key, value in targets.items()
            ):
                self.wrong(f"targets are counts of {', '.join(TARGETS)}, not {targets!r}")
                continue
            place = self.place(entry, "in", "measures") if "in" in entry else None
            imposer, date = self.actor(entry, "imposer"), self.date(entry["date"], "date")
            found.append(GoldMeasure(imposer, targets, date, place))
        return tuple(found)


def load(files: Iterable[Path]) -> list[Passage]:
    """Return the passages of files.

    Raises
    ------
    GoldError
        With everything that is not as the guide says.
    """
    passages: list[Passage] = []
    problems: list[str] = []
    for file in files:
        reader = _Reader(f"{file.parent.name}/{file.name}")
        try:
            whole = yaml.safe_load(file.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            reader.wrong(f"is no YAML: {error}")
            whole = {}
        if not isinstance(whole, dict):
            reader.wrong("holds no `passages:`")
            whole = {}
        passages += [reader.passage(one) for one in reader.entries(whole, "passages")]
        problems += reader.problems
    seen = Counter(one.id for one in passages)
    problems += [f"the id {name} is given {n} times" for name, n in seen.items() if n > 1]
    if problems:
        raise GoldError(problems)
    return passages


def files_of(half: str) -> list[Path]:
    """Return the files of a half, sorted by name."""
    return sorted((_HERE / half).glob("*.yaml"))


def load_half(half: str) -> list[Passage]:
    """Return the passages of a half."""
    return load(files_of(half))


def counts(passages: Collection[Passage]) -> list[str]:
    """Return how much passages hold, without their text."""
    kinds = Counter(one.kind for passage in passages for one in passage.statements)
    quotations = [one for passage in passages for one in passage.quotations]
    speech = sum(one.speech for one in quotations)
    return [
        f"{len(passages)} passages",
        f"{len(quotations)} quotations, {speech} of them speech",
        f"{kinds.total()} statements: " + ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS),
        f"{sum(len(passage.dates) for passage in passages)} dates",
        f"{sum(len(passage.measures) for passage in passages)} measures",
    ]


def main(arguments: Sequence[str]) -> int:
    """Check files, all of both halves if none is named; return 0 if they are in order."""
    files = [Path(one) for one in arguments] or [f for half in HALVES for f in files_of(half)]
    try:
        passages = load(files)
    except GoldError as error:
        sys.stderr.write(f"{error}\n{len(error.problems)} problems\n")
        return 1
    sys.stdout.write("\n".join(counts(passages)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
