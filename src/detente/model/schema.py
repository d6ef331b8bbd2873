"""The shape of a model file, as pydantic models over the plain tree.

Short forms (``defect: Defect``, a bare expression, a single state) are spelled out before
validation, so that the rest of the package sees one form of everything.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from detente.document import Document, MapNode, Plain
from detente.document.shape import Named, Texts, kind_of, listed, note_problems, spelled_out
from detente.errors import Problems

__all__ = [
    "ConditionalEntry",
    "DealEntry",
    "DecisionMakerEntry",
    "EvidenceEntry",
    "ModelFile",
    "OptionEntry",
    "PreferenceEntry",
    "ViewEntry",
    "read_shape",
]

Names = Annotated[dict[str, str | None], Named]


class EvidenceEntry(BaseModel):
    """Keys that any part of a model may carry."""

    model_config = ConfigDict(extra="forbid")

    because: Texts = []
    according_to: str | None = None
    note: str | None = None


class ConditionalEntry(EvidenceEntry):
    """Keys of a part that may hold only at times."""

    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")
    holds_when: str | None = None
    viewpoint: Texts = []


class OptionEntry(ConditionalEntry):
    """One option."""

    name: str | None = None
    levels: Names | None = None
    change: Literal["both", "take", "drop"] = "both"


class PriorityEntry(ConditionalEntry):
    """One priority."""

    priority: str


class WeightEntry(ConditionalEntry):
    """One weight."""

    weight: str


class InfeasibleEntry(ConditionalEntry):
    """One expression that makes a state infeasible."""

    expression: str


class StatusQuoEntry(ConditionalEntry):
    """One option taken in the status quo, or the state of a graph."""

    option: str = Field(validation_alias=AliasChoices("option", "state"))


Tiers = list[Texts]


class DealEntry(ConditionalEntry):
    """One deal that is argued about by name; in a graph the states meant."""

    name: str | None = None
    deal: Texts
    by: Texts = []


class PreferenceEntry(EvidenceEntry):
    """What a decision maker cares about."""

    # which of the three stands in the file is told by `model_fields_set`
    priorities: Annotated[
        list[Annotated[PriorityEntry, spelled_out("priority", dict)]], listed(PriorityEntry)
    ] = []
    weights: Annotated[dict[str, Annotated[WeightEntry, spelled_out("weight", dict)]], Named] = {}
    ranking: Annotated[Tiers, listed(Texts)] = []


class DecisionMakerEntry(PreferenceEntry):
    """One decision maker."""

    name: str | None = None
    options: Annotated[dict[str, Annotated[OptionEntry, spelled_out("name", dict)]], Named] = {}


Infeasible = Annotated[
    list[Annotated[InfeasibleEntry, spelled_out("expression", dict)]], listed(InfeasibleEntry)
]


class ViewEntry(EvidenceEntry):
    """How one decision maker sees the game otherwise than the model."""

    decision_makers: dict[str, PreferenceEntry] = {}
    unknown: Texts = []
    infeasible: Infeasible = []


class ModelFile(BaseModel):
    """A model file."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    note: str | None = None
    decision_makers: dict[str, Annotated[DecisionMakerEntry, spelled_out("name", dict)]]
    infeasible: Infeasible = []
    status_quo: list[Annotated[StatusQuoEntry, spelled_out("option", dict)]] | None = None
    states: Names | None = None
    moves: dict[str, dict[str, Texts]] | None = None
    ranking: dict[str, Tiers] | None = None
    deals: dict[str, Annotated[DealEntry, spelled_out("deal", dict, bare=str | list)]] = {}
    as_seen_by: dict[str, ViewEntry] = {}


def read_shape(document: Document, problems: Problems) -> ModelFile | None:
    """Validate the shape of a model file; note every problem with its place.

    Returns None when the shape does not hold.
    """
    if not isinstance(document.root, MapNode):
        what = f"the file holds {kind_of(document.root)}, not keys and values"
        problems.add("wrong-type", what, document.root.place)
        return None
    try:
        return ModelFile.model_validate(_listed_status_quo(document.plain()))
    except ValidationError as error:
        if not note_problems(document, ModelFile, error, problems, spare=_SPARE):
            return None
    try:
        return ModelFile.model_validate(_listed_status_quo(document.plain()))
    except ValidationError:
        return None


def _listed_status_quo(plain: Plain) -> Plain:
    """Let a single state or option stand for a list of one."""
    if isinstance(plain, dict) and "status_quo" in plain:
        given = plain["status_quo"]
        if given is None:
            # an empty value is an unfinished file; nothing taken is written []
            del plain["status_quo"]
            return plain
        plain["status_quo"] = [given] if isinstance(given, str | dict) else given
    return plain


#: what the rest of a file does not hang on
_SPARE = frozenset({"title", "note", "name", "because", "according_to"})
