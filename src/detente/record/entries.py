"""The kinds of entries. A file holds them by kind and id; `SECTIONS` is the table of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from detente.document.shape import Shape, listed, spelled_out
from detente.record.actors import Actor, Relation, Source
from detente.record.claims import Claim
from detente.record.fields import (
    Account,
    Actors,
    AmountField,
    AnchorField,
    AnyIds,
    Date,
    Dated,
    Entry,
    Ids,
    Length,
    Refers,
    Supported,
)

__all__ = [
    "SECTIONS",
    "Actor",
    "Agreement",
    "AnyEntry",
    "Commitment",
    "Event",
    "Measure",
    "Mechanism",
    "Milestone",
    "Observation",
    "Quantity",
    "Question",
    "Relation",
    "Source",
    "Statement",
]


# -- what was agreed -----------------------------------------------------------------------------


class Milestone(Supported):
    """A named day of an agreement.

    ``date`` is when it was reached; ``counts`` computes when it falls due. With both, `check`
    compares them. Without either it has not been reached.
    """

    name: str | None = None
    date: Date | None = None
    counts: AnchorField | None = Field(None, description="adoption_day + P8Y")
    or_earlier: Annotated[Ids, Refers(("milestone",))] = Field(
        (), description="Milestones that bring it forward if they are reached before"
    )
    unless: Annotated[str | None, Refers(("mechanism",))] = Field(
        None, description="A mechanism that keeps it from being reached once it has run out"
    )


class Party(Account):
    """Actors that took part in an agreement, from when to when."""

    party: Actors
    state: Literal["in", "out"] = "in"


class AgreementStatus(Account):
    """When an agreement was in force, and according to whom."""

    state: Literal["in-force", "not-in-force"] = "in-force"


class Agreement(Entry):
    """An agreement, a resolution or an understanding."""

    name: str
    part_of: Annotated[Ids, Refers(("agreement",))] = Field(
        (), description="Agreements it endorses or belongs to"
    )
    parties: Annotated[
        tuple[Annotated[Party, spelled_out("party", Party)], ...],
        listed(str | Party, single=str | Party),
    ] = ()
    milestones: dict[str, Annotated[Milestone, spelled_out("date", Milestone)]] = Field({})
    status: Annotated[
        tuple[AgreementStatus, ...], listed(AgreementStatus, single=AgreementStatus)
    ] = ()


class Reading(Supported):
    """How some read a limit, where that is disputed."""

    kind: Literal["cap", "estimate"]


class Limit(Shape):
    """A limit that can be held against observations."""

    quantity: Annotated[str, Refers(("quantity",))]
    value: AmountField = Field(description="<= 300 kg UF6")
    equivalent: AmountField | None = Field(None, description="The same in another unit")
    kind: Literal["cap", "estimate"] = Field(
        "cap", description="An estimate is a number the text names without making it a bound"
    )
    readings: Annotated[tuple[Reading, ...], listed(Reading, single=Reading)] = Field(
        (), description="Where the kind itself is disputed: who reads it how"
    )


class Performance(Account):
    """Whether a commitment without a limit was performed, and according to whom."""

    state: Literal["kept", "not-performed"]


class Commitment(Entry):
    """What somebody undertook to do or not to do."""

    agreement: Annotated[str | None, Refers(("agreement",))] = None
    debtors: Actors
    to: Actors = Field((), description="Those it is owed to, where not all parties")
    what: str
    limit: Limit | None = None
    start: AnchorField | None = Field(
        None, validation_alias="starts", description="A date or milestone; that of the agreement"
    )
    lasts: Length | None = None
    end: AnchorField | None = Field(None, validation_alias="ends")
    condition: str | None = None
    performance: Annotated[tuple[Performance, ...], listed(Performance, single=Performance)] = ()


class Step(Shape):
    """A step of a mechanism: it takes some days, or ends some days after the beginning."""

    what: str
    body: str | None = None
    days: int | None = Field(None, ge=0, le=100_000)
    by_day: int | None = Field(None, ge=0, le=100_000)
    parallel: str | None = Field(None, description="What runs at the same time")
    extendable: str | None = Field(None, description="By whom or how it can be extended")
    otherwise: str | None = Field(None, description="What follows if nothing is decided")


class RunStatus(Account):
    """Whether a run of a mechanism counts, and according to whom."""

    state: Literal["running", "void", "withdrawn", "settled"]


class Run(Supported):
    """One use of a mechanism."""

    started: Date
    by: Actors = ()
    what: str | None = None
    status: Annotated[tuple[RunStatus, ...], listed(RunStatus, single=RunStatus)] = ()


class Mechanism(Entry):
    """A procedure with a clock, such as dispute resolution."""

    name: str
    agreement: Annotated[str | None, Refers(("agreement",))] = None
    steps: tuple[Step, ...]
    ends_at: Literal["day", "midnight"] = Field(
        "day", description="midnight: a period runs out at 00:00Z after its last day"
    )
    runs: Annotated[tuple[Run, ...], listed(Run, single=Run)] = ()


# -- what was done -------------------------------------------------------------------------------


class Target(Shape):
    """Whom a measure names."""

    name: str
    kind: Literal["person", "organisation", "vessel", "aircraft", "state", "other"] = "other"
    actor: Annotated[str | None, Refers(("actor",))] = None
    list_id: str | None = Field(None, description="Its number on the list that names it")
    note: str | None = None


class MeasureStatus(Account):
    """When a measure was in force, and according to whom."""

    state: Literal["in-force", "not-in-force"] = "in-force"
    announced: Date | None = None


class Measure(Entry):
    """A sanction, designation, restriction or policy of an actor."""

    by: Actors
    what: str
    kind: Literal["sanctions", "designation", "delisting", "restriction", "statute", "policy"] = (
        "sanctions"
    )
    against: Actors = ()
    authority: str | None = None
    targets: Annotated[
        tuple[Annotated[Target, spelled_out("name", Target)], ...],
        listed(str | Target, single=str | Target),
    ] = ()
    exceptions: str | None = None
    list_asserted: bool = Field(False, description="True where only the list itself says so")
    status: Annotated[tuple[MeasureStatus, ...], listed(MeasureStatus, single=MeasureStatus)]


class EventDate(Supported):
    """One of the dates of an event."""

    date: Date
    phase: str = Field("happened", description="announced, begun, verified, effective ...")


class Event(Entry):
    """What happened."""

    what: str
    date: Annotated[
        tuple[Annotated[EventDate, spelled_out("date", EventDate)], ...],
        listed(str | EventDate, single=str | EventDate),
    ] = Field((), description="A date, or a list of them, each with its phase")
    who: Actors = ()
    indirectly: Actors = Field((), description="Those who took part without being in the room")
    place: str | None = None
    series: str | None = None
    ordinal: int | None = None
    follows: Annotated[Ids, Refers(("event", "measure"))] = Field(
        (), description="What it answered"
    )
    about: AnyIds = ()


class Quantity(Shape):
    """What is measured, so that a limit and an observation mean the same."""

    id: SkipJsonSchema[str] = Field("", validation_alias="\0id")
    name: str
    unit: str = Field("", description="The unit it is shown in; empty for a count")
    note: str | None = None


class Observation(Entry):
    """What somebody measured, counted or estimated."""

    quantity: Annotated[str, Refers(("quantity",))]
    of: Annotated[str | None, Refers(("actor",))] = Field(None, description="Whose it is")
    value: AmountField | None = None
    words: str | None = Field(None, description="Where there is no number: large-scale")
    as_of: Date = Field(description="The date the quantity is for")
    observer: Actors = ()
    verified: bool = Field(True, description="False for what the observer could not verify")


# -- what was said -------------------------------------------------------------------------------


class Quote(Shape):
    """Words as printed."""

    text: str
    edited: bool = Field(False, description="True where brackets or omissions changed it")
    canonical: Annotated[str | None, Refers(("statement",))] = Field(
        None, description="A statement that has the wording itself"
    )


class Called(Supported):
    """What somebody else calls a statement."""

    kind: str


StatementKind = Literal[
    "assertion", "accusation", "denial", "demand", "offer", "acceptance", "refusal", "threat",
    "warning", "promise", "justification", "legal-characterisation", "evaluation", "motive",
    "forecast", "explanation", "report", "reaction",
]  # fmt: skip


class Statement(Entry):
    """What somebody said, demanded, offered or foretold.

    A statement that somebody made according to somebody else names the reporter in
    `according_to`. One about another statement names it in `reports`, with its stance to it.
    """

    kind: StatementKind
    date: Date | None = None
    dated: Annotated[Dated | None, spelled_out("words", Dated)] = Field(
        None, description="The words the date was read from: on Wednesday"
    )
    speaker: Actors
    by_office: str | None = Field(None, description="The speaker as named, where no person is")
    on_behalf: Actors = Field((), validation_alias="for")
    to: Actors = Field((), description="Whom it is addressed to")
    about: AnyIds = ()
    what: str | None = Field(None, description="In the analyst's own words; may be unknown")
    quote: Annotated[
        tuple[Annotated[Quote, spelled_out("text", Quote)], ...],
        listed(str | Quote, single=str | Quote),
    ] = ()
    medium: str | None = None
    place: str | None = None
    reports: Annotated[Ids, Refers(("statement",))] = ()
    stance: Literal["asserts", "denies", "doubts", "quotes", "approves", "rejects"] | None = None
    answers: Annotated[Ids, Refers(("statement",))] = Field(
        (), description="Demands, offers or charges it answers"
    )
    replaces: Annotated[Ids, Refers(("statement",))] = Field(
        (), description="Demands or offers of the same holder that it takes the place of"
    )
    withdraws: Annotated[Ids, Refers(("statement",))] = ()
    due: Date | None = Field(None, description="By when what is promised or demanded should be")
    condition: str | None = None
    likelihood: str | None = Field(None, description="Of a forecast, in its own words")
    horizon: Date | None = None
    norm: Annotated[Ids, Refers(("agreement", "commitment", "measure"))] = ()
    called: Annotated[tuple[Called, ...], listed(Called, single=Called)] = ()
    claims: Annotated[tuple[Claim, ...], listed(Claim, single=Claim)] = Field(
        (), description="What it says of the record, so that the two can be compared"
    )


class View(Account):
    """One answer to a contested question."""

    what: str = Field(validation_alias="view", description="The answer in the analyst's words")


class Question(Entry):
    """What the sides answer differently."""

    question: str
    about: AnyIds = ()
    raised: Date | None = None
    views: Annotated[tuple[View, ...], listed(View, single=View)]


AnyEntry: TypeAlias = (
    Actor | Source | Relation | Agreement | Commitment | Mechanism | Measure | Event | Quantity
    | Observation | Statement | Question
)  # fmt: skip

#: the sections of a file, in the order in which they are shown -> what an entry there is
SECTIONS: Mapping[str, type[AnyEntry]] = {
    "actors": Actor,
    "sources": Source,
    "relations": Relation,
    "agreements": Agreement,
    "commitments": Commitment,
    "mechanisms": Mechanism,
    "measures": Measure,
    "events": Event,
    "quantities": Quantity,
    "observations": Observation,
    "statements": Statement,
    "questions": Question,
}
