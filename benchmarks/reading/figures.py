"""The figures of reading, and how they are printed; none of them shows text of a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.reading.gold import KINDS

__all__ = ["NOTHING", "Measures", "Pair", "Score", "Share", "Speakers", "lines", "table"]

#: where a statement has no counterpart
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Return the share; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.part} of {self.whole})"


@dataclass(frozen=True, slots=True)
class Pair:
    """What was right, how much there was to find, and how much was found."""

    right: int
    gold: int
    found: int

    @property
    def precision(self) -> Share:
        """Return how much of what was found is right."""
        return Share(self.right, self.found)

    @property
    def recall(self) -> Share:
        """Return how much of what was to be found was found."""
        return Share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision}, recall {self.recall}, F1 {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class Speakers:
    """How many speakers of one confidence there are, and how many of them are right."""

    confidence: str
    share: Share
    right: Share


@dataclass(frozen=True, slots=True)
class Measures:
    """How many announced measures were found, and what of them is right."""

    gold: int
    found: int
    paired: int
    targets: int
    date: int
    imposer: int
    right: int


@dataclass(frozen=True, slots=True)
class Score:
    """How close reading came, over all passages.

    Attributes
    ----------
    passages : int
    bounds : Pair
        Quotations with exactly the characters of the annotation; marks, space and points at the
        ends do not count.
    speakers : sequence of Speakers
        By confidence, of the quotations that were found; a sure speaker of words that are no
        speech is wrong.
    speakers_right : Share
        Of all speech that was to be found.
    kinds : mapping of str to Pair
        By kind of statement; those that were neither to be found nor found are left out.
    confusion : mapping of (str, str) to int
        The kind of the annotation, the kind that was found, how often; `NOTHING` for none.
    holders : Share
        Right holders among the statements that have a counterpart, of whatever kind.
    macro_f1 : float
        The mean F1 of the kinds that were to be found.
    dates : Pair
        A date is right where it means the same, whatever its words.
    date_places : Pair
        Where only the place counts.
    measures : Measures
    """

    passages: int
    bounds: Pair
    speakers: tuple[Speakers, ...]
    speakers_right: Share
    kinds: Mapping[str, Pair]
    confusion: Mapping[tuple[str, str], int]
    holders: Share
    macro_f1: float
    dates: Pair
    date_places: Pair
    measures: Measures


def lines(score: Score) -> list[str]:
    """Return the figures as lines, without any text of the passages."""
    told = score.measures
    return [
        f"{score.passages} passages",
        f"quotations  {score.bounds}",
        *(
            f"speakers    {one.confidence}: {one.share.part} ({one.share.value:.1%} of all),"
            f" right {one.right}"
            for one in score.speakers
        ),
        f"speakers    right of all speech {score.speakers_right}",
        *(f"{kind:<12}{pair}" for kind, pair in score.kinds.items()),
        f"kinds       macro-F1 {score.macro_f1:.3f}",
        f"holders     right {score.holders}",
        f"dates       {score.dates}",
        f"date places {score.date_places}",
        f"measures    {told.paired} of {told.gold} found (and {told.found - told.paired} that are"
        f" none); right targets {told.targets}, date {told.date}, imposer {told.imposer},"
        f" all three {told.right}",
        "",
        *_confusion_lines(score),
    ]


def _confusion_lines(score: Score) -> list[str]:
    names = [*(kind for kind in KINDS if kind in score.kinds), NOTHING]
    head = f"{'':<12}" + "".join(f"{name[:6]:>7}" for name in names)
    return [
        head,
        *(
            f"{row:<12}"
            + "".join(f"{score.confusion.get((row, column), 0) or '.':>7}" for column in names)
            for row in names
        ),
    ]


def table(score: Score) -> str:
    """Return the figures as tables in Markdown."""
    rows = [
        "| what | precision | recall | F1 |",
        "|---|---|---|---|",
        _row("bounds of quotations", score.bounds),
        *(_row(kind, pair) for kind, pair in score.kinds.items()),
        f"| kinds, mean | | | {score.macro_f1:.3f} |",
        _row("dates", score.dates),
        "",
        "| speaker | how many | share | right |",
        "|---|---|---|---|",
        *(
            f"| {one.confidence} | {one.share.part} | {one.share.value:.1%} |"
            f" {one.right.value:.1%} ({one.right.part}) |"
            for one in score.speakers
        ),
        "",
        f"Holders right: {score.holders}. Measures: {score.measures.right} of"
        f" {score.measures.gold} right in targets, date and imposer.",
        "",
        *_confusion_table(score),
    ]
    return "\n".join(rows) + "\n"


def _row(what: str, pair: Pair) -> str:
    return f"| {what} | {pair.precision} | {pair.recall} | {pair.f1:.3f} |"


def _confusion_table(score: Score) -> list[str]:
    names = [*(kind for kind in KINDS if kind in score.kinds), NOTHING]
    return [
        "| annotated, found as | " + " | ".join(names) + " |",
        "|---" * (len(names) + 1) + "|",
        *(
            f"| {row} | "
            + " | ".join(str(score.confusion.get((row, column), 0) or "") for column in names)
            + " |"
            for row in names
        ),
    ]
