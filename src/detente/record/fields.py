"""What the entries of a record are made of: dates, amounts, references, and the common keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, PlainValidator
from pydantic.json_schema import SkipJsonSchema, WithJsonSchema
from pydantic_core import PydanticCustomError

from detente.document.shape import Shape, listed, spelled_out
from detente.record.dates import DateError, When, parse_when
from detente.record.durations import Duration, parse_duration
from detente.record.quantities import Amount, AmountError, parse_amount

__all__ = [
    "ID",
    "Account",
    "Actors",
    "AmountField",
    "Anchor",
    "AnchorField",
    "AnyIds",
    "Date",
    "Dated",
    "Entry",
    "Ids",
    "Length",
    "Refers",
    "SourceRef",
    "Sources",
    "Texts",
    "accounts_of",
    "parse_anchor",
]

T = TypeVar("T")

#: an id of an entry; a milestone is named ``agreement.milestone``, so an id has no dot
ID = re.compile(r"[^\W\d][\w-]*")
_ANCHOR = re.compile(r"(?P<milestone>[^\W\d][\w+.-]*?)(?:\s*\+\s*(?P<after>P\w+))?")


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that names entries, and of which kinds; no kind stands for any."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date, or a milestone of an agreement with what is counted from it.

    Attributes
    ----------
    text : str
        As it was written: ``2016-01-16``, ``implementation_day``, ``jcpoa.adoption_day + P10Y``.
    when : When or None
        The date, where it is one.
    milestone : str
        The milestone, where it is none.
    after : Duration or None
        What is counted from the milestone.
    """

    text: str
    when: When | None = None
    milestone: str = ""
    after: Duration | None = None


def parse_anchor(text: str) -> Anchor:
    """Return a date, or a milestone with what is counted from it.

    Raises
    ------
    DateError
        If the text is neither.
    """
    text = text.strip()
    found = _ANCHOR.fullmatch(text)
    if found is None or text == "unknown":
        return Anchor(text, when=parse_when(text))
    after = None if found["after"] is None else parse_duration(found["after"])
    return Anchor(text, milestone=found["milestone"], after=after)


def _date(value: Any) -> When:
    return _parsed(value, parse_when, "a date")


def _anchor(value: Any) -> Anchor:
    return _parsed(value, parse_anchor, "a date or a milestone")


def _length(value: Any) -> Duration:
    return _parsed(value, parse_duration, "a duration")


def _amount(value: Any) -> Amount:
    return _parsed(value, parse_amount, "an amount")


def _parsed(value: Any, parse: Callable[[str], T], wanted: str) -> T:
    if not isinstance(value, str):
        kind = "nothing" if value is None else "a list" if isinstance(value, list) else "a mapping"
        raise PydanticCustomError("wrong-type", "{found}", {"found": f"{kind}, not {wanted}"})
    try:
        return parse(value)
    except DateError as error:
        context = {"what": error.what, "offset": error.offset}
        raise PydanticCustomError("bad-date", "{what}", context) from None
    except AmountError as error:
        raise PydanticCustomError("bad-amount", "{what}", {"what": str(error)}) from None


_DATE_SCHEMA = {
    "type": "string",
    "description": "A date (EDTF): 2021, 2021-10, 2021-10-29, 2021-10-29T20:00Z, with ? ~ or %; "
    "from/to with .. for an open end; [one,of]",
    "pattern": r"^(\d{4}|\[|\.\.|/)",
}
_ANCHOR_SCHEMA = {
    "type": "string",
    "description": "A date, or a milestone with what is counted from it: "
    "implementation_day + P15Y, jcpoa.adoption_day",
}
_LENGTH_SCHEMA = {
    "type": "string",
    "description": "A duration: P15Y, P8Y6M, P2W, P30D",
    "pattern": r"^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$",
}
_AMOUNT_SCHEMA = {
    "type": ["string", "number"],
    "description": "An amount with its unit: 174.1 kg U, <= 300 kg UF6, ~ 10 kg U (an estimate), "
    "100 .. 120 t, 10 billion USD, 5060",
}

Date = Annotated[When, PlainValidator(_date), WithJsonSchema(_DATE_SCHEMA)]
AnchorField = Annotated[Anchor, PlainValidator(_anchor), WithJsonSchema(_ANCHOR_SCHEMA)]
Length = Annotated[Duration, PlainValidator(_length), WithJsonSchema(_LENGTH_SCHEMA)]
AmountField = Annotated[Amount, PlainValidator(_amount), WithJsonSchema(_AMOUNT_SCHEMA)]


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        index = next(k for k, value in enumerate(values) if value in values[:k])
        context = {"name": values[index], "index": index}
        raise PydanticCustomError("twice", "{name} twice", context)
    return values


Texts = Annotated[tuple[str, ...], listed(str)]
Ids = Annotated[tuple[str, ...], AfterValidator(_once), listed(str)]
Actors = Annotated[Ids, Refers(("actor",))]
AnyIds = Annotated[Ids, Refers()]


class SourceRef(Shape):
    """Where something is said: a source, and where in it."""

    source: Annotated[str, Refers(("source",))]
    at: str | None = Field(None, description="Page, paragraph or section")


Sources = Annotated[
    tuple[Annotated[SourceRef, spelled_out("source", SourceRef)], ...],
    listed(str | SourceRef, single=str | SourceRef),
]


class Dated(Shape):
    """The words a date was read from, and the day they count from; without one it stays open."""

    words: str
    anchor: Date | None = None


class Supported(Shape):
    """What every statement of fact in a record carries, entries and parts of entries alike."""

    sources: Sources = Field((), description="Ids of sources; none shows as unsupported")
    according_to: Actors = Field((), description="Whose account it is; empty where nobody differs")
    reported: Date | None = Field(None, description="When it was first said, if not on its date")
    because: AnyIds = Field((), description="Ids of entries it rests on")
    note: str | None = Field(None, description="A remark of the analyst's; no answer uses it")


class Entry(Supported):
    """What every entry carries."""

    # the key of the mapping that holds the entry; no file can write this name
    id: SkipJsonSchema[str] = Field("", validation_alias="\0id")
    fact: str | None = Field(None, description="Its id in a fact sheet it was made from")
    confidence: Literal["high", "medium", "low"] | None = None
    scope: Texts = Field((), description="Tags by which a question can leave it out")


class Account(Supported):
    """How something stood from one date to another, and who holds that it did.

    The dates say when it is so; `held` says when the holders held it, if not at that time. So one
    who takes an account back has two: the one it held until then, and the one it holds since.
    """

    start: AnchorField | None = Field(None, validation_alias="from", serialization_alias="from")
    end: AnchorField | None = Field(None, validation_alias="to", serialization_alias="to")
    held: Date | None = Field(None, description="When the holders held this, if not from..to")
    what: str | None = Field(None, description="The account in the analyst's own words")


def accounts_of(entry: Shape) -> Iterator[Account]:
    """Yield the accounts that stand in an entry itself."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for one in value if isinstance(value, tuple) else ():
            if isinstance(one, Account):
                yield one
