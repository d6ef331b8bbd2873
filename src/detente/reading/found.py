"""What reading finds in an article. Nothing of it is asserted: each part points at its characters.

Offsets count characters of `Article.text` from 0; ``text[start:end]`` is what was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = [
    "AUTHOR",
    "Confidence",
    "Dating",
    "Kind",
    "Manner",
    "MeasureFound",
    "Quotation",
    "Said",
    "Span",
    "Who",
]

#: how sure a speaker is; what each means is measured, see the reference of reading
Confidence = Literal["certain", "likely", "unknown"]

#: the kinds of statements that reading tells apart; the record knows more
Kind = Literal[
    "assertion", "accusation", "denial", "demand", "offer", "acceptance", "refusal", "threat",
    "warning", "promise", "forecast", "reaction",
]  # fmt: skip

#: the name of whoever wrote the article, where the text gives none
AUTHOR = "author"


class Span(NamedTuple):
    """Characters of the text, from `start` up to but without `end`."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Tell whether all of it lies in another span."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody whom the text names at one place.

    Attributes
    ----------
    name : str
        The fullest name that the text or the dossier gives; the words themselves if neither does.
    span : Span
        Where it is named.
    words : str
        As printed there: ``his spokesman Price``.
    actor : str or None
        Id in the dossier, where one was given and has the actor.
    kind : str
        ``person``, ``state``, ``organisation``, ``group``, ``office`` (somebody named by an office
        alone), ``author``, or ``unresolved``.
    office : str
        The office as printed, ``Foreign Ministry spokesman``; empty where none is.
    of : str
        Whose office: the name of a state, an organisation or a person; empty where not said.
    loaded : bool
        Whether the words judge, as in ``the X regime``; the name then is a neutral one.
    """

    name: str
    span: Span
    words: str
    actor: str | None = None
    kind: str = "person"
    office: str = ""
    of: str = ""
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks.

    Attributes
    ----------
    span : Span
        The words without their marks.
    text : str
        The words as printed.
    utterance : int
        Quotations of one utterance share a number: a quotation that goes on after its cue, or
        over several paragraphs.
    speaker : Who or None
        Who said it; None is left open for the analyst.
    confidence : str
        How sure the speaker is.
    rule : str
        Which rule found the speaker, such as ``cue-after`` or ``colon``; empty where none did.
    edited : bool
        Whether brackets or omissions changed the words.
    inside : int or None
        Index of the quotation that this one stands in.
    medium : str
        ``tweet``, ``interview``, ``letter``...; empty where the text does not say.
    closed : bool
        Whether the closing mark is there (or the next paragraph opens the same quotation again).
    speech : bool
        Whether somebody says it; false for a title, a nickname or words held at arm's length.
    """

    span: Span
    text: str
    utterance: int = 0
    speaker: Who | None = None
    confidence: Confidence = "unknown"
    rule: str = ""
    edited: bool = False
    inside: int | None = None
    medium: str = ""
    closed: bool = True
    speech: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """Something said, demanded, offered or foretold, quoted or not.

    Attributes
    ----------
    kind : str
        One of `Kind`.
    span : Span
        The clause that says so.
    about : str
        What is demanded, denied, foretold..., in the words of the text.
    holder : Who or None
        Whose statement it is; None is left open.
    to : Who or None
        Whom it is addressed to, or accused.
    reporter : Who or None
        Who reports it, where that is not the holder: the author (of kind ``author``), or somebody
        whom the author reports.
    cue : str
        The words by which it was recognised.
    confidence : str
        How sure the holder is.
    quotations : tuple of int
        Indices of the quotations that are part of it.
    dating : int or None
        Index of the date on which it was said.
    negated : bool
        Whether the text says that it was not said, done or accepted.
    likelihood : str
        Of a forecast, in its own words.
    """

    kind: Kind
    span: Span
    about: str
    holder: Who | None
    to: Who | None = None
    reporter: Who | None = None
    cue: str = ""
    confidence: Confidence = "certain"
    quotations: tuple[int, ...] = ()
    dating: int | None = None
    negated: bool = False
    likelihood: str = ""


@dataclass(frozen=True, slots=True)
class Dating:
    """A date, a period or a length of time that the text names.

    Attributes
    ----------
    span : Span
        The words.
    text : str
        The words as printed: ``before the end of November``.
    edtf : str or None
        What they mean, in the dates of the record; None where an anchor is missing.
    anchor : str or None
        The day that they were counted from; None where they need none, or there is none.
    rule : str
        How they were read, in a few words: ``nearest past``, ``last day of that name``.
    length : str
        Of a duration, such as ``P3Y6M``; empty otherwise.
    """

    span: Span
    text: str
    edtf: str | None
    anchor: str | None = None
    rule: str = ""
    length: str = ""


@dataclass(frozen=True, slots=True)
class MeasureFound:
    """A sanction or designation that the text announces.

    Attributes
    ----------
    span : Span
        The clause that says so.
    kind : str
        ``sanctions``, ``designation``, ``delisting`` or ``restriction``.
    imposer : Who or None
    against : Who or None
        The side whose persons, firms or goods are meant.
    targets : mapping of str to int
        How many of each kind (``person``, ``organisation``, ``vessel``, ``aircraft``, ``other``).
    named : tuple of str
        The targets that the text names.
    dating : int or None
        Index of its date.
    """

    span: Span
    kind: str
    imposer: Who | None
    against: Who | None = None
    targets: Mapping[str, int] | None = None
    named: tuple[str, ...] = ()
    dating: int | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How a source words what it says; a property of the source, no verdict on truth.

    Attributes
    ----------
    words : int
        How many words were read, quotations and furniture left out.
    loaded : mapping of str to int
        Loaded and evaluative words, in their base form, and how often each stands in it.
    """

    words: int
    loaded: Mapping[str, int]

    @property
    def per_1000(self) -> float:
        """Return how many of 1,000 words are loaded; 0 for an empty text."""
        return 1000 * sum(self.loaded.values()) / self.words if self.words else 0.0
