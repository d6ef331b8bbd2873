"""The shape of a model file, as pydantic models over the plain tree.

Short forms (``defect: Defect``, a bare expression, a single state) are spelled out before
validation, so that the rest of the package sees one form of everything.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from detente.document import Document, ListNode, MapNode, Node, Scalar
from detente.errors import Problems, nearest

__all__ = [
    "DecisionMakerEntry",
    "EvidenceEntry",
    "ModelFile",
    "OptionEntry",
    "read_shape",
]


def _as(key: str) -> BeforeValidator:
    """Spell out the short form: a bare text stands for a mapping with that one key."""

    def spell_out(value: Any) -> Any:
        if value is None:
            return {}
        return {key: value} if isinstance(value, str) else value

    return BeforeValidator(spell_out)


def _listed(value: Any) -> Any:
    """Let a bare text stand for a list of one, and nothing for an empty list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _named(value: Any) -> Any:
    """Let a list of ids stand for a mapping from each id to nothing."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {item: None for item in value}
    return value


Texts = Annotated[list[str], BeforeValidator(_listed)]
Names = Annotated[dict[str, str | None], BeforeValidator(_named)]


class EvidenceEntry(BaseModel):
    """Keys that any part of a model may carry."""

    model_config = ConfigDict(extra="forbid")

    because: Texts = []
    according_to: str | None = None
    note: str | None = None


class OptionEntry(EvidenceEntry):
    """One option."""

    name: str | None = None
    levels: Names | None = None
    change: Literal["both", "take", "drop"] = "both"


class PriorityEntry(EvidenceEntry):
    """One priority."""

    priority: str


class WeightEntry(EvidenceEntry):
    """One weight."""

    weight: str


class InfeasibleEntry(EvidenceEntry):
    """One expression that makes a state infeasible."""

    expression: str


class StatusQuoEntry(EvidenceEntry):
    """One option taken in the status quo, or the state of a graph."""

    option: str


Tiers = list[Texts]


class DecisionMakerEntry(EvidenceEntry):
    """One decision maker."""

    name: str | None = None
    options: dict[str, Annotated[OptionEntry, _as("name")]] = {}
    priorities: list[Annotated[PriorityEntry, _as("priority")]] | None = None
    weights: dict[str, Annotated[WeightEntry, _as("weight")]] | None = None
    ranking: Tiers | None = None


class ModelFile(BaseModel):
    """A model file."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    note: str | None = None
    decision_makers: dict[str, Annotated[DecisionMakerEntry, _as("name")]]
    infeasible: Annotated[
        list[Annotated[InfeasibleEntry, _as("expression")]], BeforeValidator(_listed)
    ] = []
    status_quo: (
        Annotated[list[Annotated[StatusQuoEntry, _as("option")]], Field()] | None
    ) = None
    states: Names | None = None
    moves: dict[str, dict[str, Texts]] | None = None
    ranking: dict[str, Tiers] | None = None


#: the last step of a path that is no list index or free id -> the entry that stands below it
_BELOW: dict[str, type[BaseModel]] = {
    "decision_makers": DecisionMakerEntry,
    "options": OptionEntry,
    "priorities": PriorityEntry,
    "weights": WeightEntry,
    "infeasible": InfeasibleEntry,
    "status_quo": StatusQuoEntry,
}


def read_shape(document: Document, problems: Problems) -> ModelFile | None:
    """Validate the shape of a model file; note every problem with its place.

    Returns None when the shape does not hold.
    """
    plain = document.plain()
    if not isinstance(document.root, MapNode):
        what = f"the file holds {_kind(document.root)}, not keys and values"
        problems.add("wrong-type", what, document.root.place)
        return None
    assert isinstance(plain, dict)
    if "status_quo" in plain:
        plain["status_quo"] = _listed(plain["status_quo"])  # type: ignore[assignment]
    try:
        return ModelFile.model_validate(plain)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            _note(document, problems, detail["type"], tuple(detail["loc"]), dict(detail))
        return None


def _note(
    document: Document,
    problems: Problems,
    kind: str,
    path: tuple[str | int, ...],
    detail: dict[str, Any],
) -> None:
    name = ".".join(str(step) for step in path)
    node = document.node(*path)
    if kind == "extra_forbidden":
        allowed = list(_entry_at(path[:-1]).model_fields)
        near = nearest(str(path[-1]), allowed)
        what = f"{path[-1]!r} is no key here; the keys are {', '.join(allowed)}"
        problems.add("unknown-key", what, document.key_place(*path), suggestion=near)
    elif kind == "missing":
        parent = document.place(*path[:-1])
        problems.add("missing-key", f"{path[-1]!r} is missing", parent)
    elif kind == "literal_error":
        expected = str(detail["ctx"]["expected"])
        choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
        found = str(detail["input"])
        what = f"{name} is {found!r}, not {expected}"
        problems.add(
            "wrong-type", what, document.place(*path), suggestion=nearest(found, choices)
        )
    else:
        wanted = {
            "dict_type": "keys and values",
            "model_type": "keys and values",
            "list_type": "a list",
            "string_type": "a text",
        }.get(kind, str(detail.get("msg", "another value")))
        found = _kind(node) if node is not None else "nothing"
        problems.add("wrong-type", f"{name} is {found}, not {wanted}", document.place(*path))


def _entry_at(path: tuple[str | int, ...]) -> type[BaseModel]:
    if not path:
        return ModelFile
    parent = path[-2] if len(path) > 1 else path[-1]
    return _BELOW.get(str(parent), ModelFile)


def _kind(node: Node) -> str:
    match node:
        case ListNode():
            return "a list"
        case MapNode():
            return "keys and values"
        case Scalar() if node.plain and node.text in {"", "~", "null"}:
            return "nothing"
        case Scalar():
            shown = node.text if len(node.text) <= 40 else node.text[:37] + "..."
            return f"the text {shown!r}"
