"""The shape of a model file, as pydantic models over the plain tree.

Short forms (``defect: Defect``, a bare expression, a single state) are spelled out before
validation, so that the rest of the package sees one form of everything.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from detente.document import Document, ListNode, MapNode, Node, Plain, Scalar
from detente.errors import Problems, shortened

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
    """Let a list of ids stand for a mapping from each id to nothing, and nothing for none."""
    if value is None:
        return {}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        named: dict[str, None] = {}
        for k, item in enumerate(value):
            if item in named:
                raise PydanticCustomError("twice", "{name} twice", {"name": item, "index": k})
            named[item] = None
        return named
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

    option: str = Field(validation_alias=AliasChoices("option", "state"))


Tiers = list[Texts]


class DecisionMakerEntry(EvidenceEntry):
    """One decision maker."""

    name: str | None = None
    options: Annotated[dict[str, Annotated[OptionEntry, _as("name")]], BeforeValidator(_named)] = {}
    # which of the three stands in the file is told by `model_fields_set`
    priorities: Annotated[
        list[Annotated[PriorityEntry, _as("priority")]], BeforeValidator(_listed)
    ] = []
    weights: Annotated[
        dict[str, Annotated[WeightEntry, _as("weight")]], BeforeValidator(_named)
    ] = {}
    ranking: Annotated[Tiers, BeforeValidator(_listed)] = []


class ModelFile(BaseModel):
    """A model file."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = None
    note: str | None = None
    decision_makers: dict[str, Annotated[DecisionMakerEntry, _as("name")]]
    infeasible: Annotated[
        list[Annotated[InfeasibleEntry, _as("expression")]], BeforeValidator(_listed)
    ] = []
    status_quo: list[Annotated[StatusQuoEntry, _as("option")]] | None = None
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
    if not isinstance(document.root, MapNode):
        what = f"the file holds {_kind(document.root)}, not keys and values"
        problems.add("wrong-type", what, document.root.place)
        return None
    try:
        return ModelFile.model_validate(_listed_status_quo(document.plain()))
    except ValidationError as error:
        details = [dict(detail) for detail in error.errors(include_url=False)]
    # every problem is noted, so no short cut at the first that cannot be mended
    mended = [_note(document, problems, detail) for detail in details]
    if not all(mended):
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
        plain["status_quo"] = [given] if isinstance(given, dict) else _listed(given)
    return plain


def _note(document: Document, problems: Problems, detail: dict[str, Any]) -> bool:
    """Note one problem of the shape, and take it out of the tree if reading can go on without.

    An unknown key is renamed to what was probably meant, or dropped. So the rest of the file is
    still read, and its other problems are told in the same run.
    """
    path: tuple[str | int, ...] = tuple(detail["loc"])
    name = ".".join(str(step) for step in path)
    parent, last = document.node(*path[:-1]), str(path[-1])
    match detail["type"]:
        case "extra_forbidden":
            allowed = list(_entry_at(path[:-1]).model_fields)
            near = problems.nearest(last, allowed)
            what = f"{last!r} is no key here; the keys are {', '.join(allowed)}"
            problems.add("unknown-key", what, document.key_place(*path), suggestion=near)
            if not isinstance(parent, MapNode) or last not in parent.items:
                return False
            value, place = parent.items.pop(last), parent.keys.pop(last)
            if near is not None and near not in parent.items:
                parent.items[near], parent.keys[near] = value, place
            return True
        case "missing":
            what = f"{last!r} is missing"
            problems.add("missing-key", what, document.place(*path[:-1]))
        case "literal_error":
            expected = str(detail["ctx"]["expected"])
            choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
            near = problems.nearest(str(detail["input"]), choices)
            what = f"{name} is {str(detail['input'])!r}, not {expected}"
            problems.add("wrong-type", what, document.place(*path), suggestion=near)
            if isinstance(parent, MapNode) and last in parent.items:
                del parent.items[last]
                return True
        case "twice":
            twice, index = detail["ctx"]["name"], detail["ctx"]["index"]
            what = f"{twice!r} stands already in the list"
            problems.add("duplicate-name", what, document.place(*path, index))
        case kind:
            wanted = _WANTED.get(kind, str(detail["msg"]))
            node = document.node(*path)
            found = "nothing" if node is None else _kind(node)
            what = f"{name} is {found}, not {wanted}"
            problems.add("wrong-type", what, document.place(*path))
            if isinstance(parent, MapNode) and last in parent.items and last in _OPTIONAL_TEXTS:
                del parent.items[last]
                return True
    return False


#: what the rest of a file does not hang on
_OPTIONAL_TEXTS = frozenset({"title", "note", "name", "because", "according_to"})

_WANTED = {
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "list_type": "a list",
    "string_type": "a text",
}


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
            return f"the text {shortened(node.text, 40)!r}"
