"""What a statement says of the record, in a form that can be compared with the rest of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.document.shape import Shape, spelled_out
from detente.record.fields import AmountField, Date, Dated, Length, Refers

__all__ = ["Claim"]


class Claim(Shape):
    """One thing a statement says of one entry; nothing here is taken over as fact.

    What it says is one or more of a date, a speaker, a state, a number, an office, an order, a
    length of time.
    """

    about: Annotated[str, Refers()] = Field(description="The entry, or agreement.milestone")
    date: Date | None = Field(None, description="When it happened, was said, was reached or began")
    dated: Annotated[Dated | None, spelled_out("words", Dated)] = Field(
        None, description="The words the date was read from: on Wednesday"
    )
    phase: str | None = Field(None, description="Which of the dates of an event, if one is meant")
    speaker: Annotated[str | None, Refers(("actor",))] = None
    state: (
        Literal[
            "in-force", "not-in-force", "kept", "exceeded", "not-performed", "not-begun", "ended"
        ]
        | None
    ) = Field(None, description="How a measure, agreement or commitment stood")
    on: Date | None = Field(None, description="The day for which the state or office is claimed")
    value: AmountField | None = Field(None, description="The value of an observation or a limit")
    targets: dict[str, int] = Field({}, description="How many targets of each kind a measure names")
    office: str | None = Field(None, description="An office that a person is said to hold")
    of: Annotated[str | None, Refers(("actor",))] = Field(None, description="Whose office")
    before: Annotated[str | None, Refers()] = Field(None, description="What it came before")
    after: Annotated[str | None, Refers()] = Field(None, description="What it came after")
    lasted: Length | None = Field(None, description="How long ago it was, counted to `on`")
