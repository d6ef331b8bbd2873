"""A tree held against a pydantic model: every problem is told with its place.

Short forms (a bare text for a mapping with one key, a single item for a list) are spelled out
before validation, so that the rest of the package sees one form of everything; the JSON Schema of
a model tells them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from detente.document.tree import Document, ListNode, MapNode, Node, Scalar
from detente.errors import RULES, Problems, shortened

__all__ = ["Named", "Shape", "Texts", "kind_of", "listed", "note_problems", "spelled_out"]

M = TypeVar("M", bound=BaseModel)


class Shape(BaseModel):
    """What a mapping of a file holds; a key that is not named is a mistake."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )


def spelled_out(key: str, full: Any, *, bare: Any = str) -> BeforeValidator:
    """Let a bare text, or what `bare` says, stand for a mapping with that one key."""

    def spell_out(value: Any) -> Any:
        if value is None:
            return {}
        return {key: value} if isinstance(value, bare) else value

    return BeforeValidator(spell_out, json_schema_input_type=bare | full | None)


def listed(item: Any, *, single: Any = str) -> BeforeValidator:
    """Let one item stand for a list of one, and nothing for an empty list."""

    def as_list(value: Any) -> Any:
        if value is None:
            return []
        return [value] if isinstance(value, str | dict) else value

    return BeforeValidator(as_list, json_schema_input_type=single | list[item] | None)


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


Texts = Annotated[list[str], listed(str)]
Named = BeforeValidator(_named)

_WANTED = {
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "list_type": "a list",
    "tuple_type": "a list",
    "string_type": "a text",
}


def note_problems(
    document: Document,
    model: type[BaseModel],
    error: ValidationError,
    problems: Problems,
    *,
    at: Sequence[str | int] = (),
    spare: frozenset[str] = frozenset(),
) -> bool:
    """Note every problem of a part of a document that does not fit its model.

    What reading can go on without is taken out of the tree: an unknown key is renamed to what was
    probably meant, or dropped, so that the rest of the part can be validated again and its other
    problems be told in the same run.

    Parameters
    ----------
    document : Document
    model : type of BaseModel
        What the part was held against.
    error : ValidationError
        What came of it.
    problems : Problems
        Takes note.
    at : sequence of str or int
        The path of the part in the document.
    spare : frozenset of str
        Keys whose value may be dropped when it has the wrong shape.

    Returns
    -------
    bool
        True if all of them were taken out, so that another try makes sense.
    """
    # every problem is noted, so no short cut at the first that cannot be mended
    mended = [
        _note(document, model, dict(detail), problems, at=tuple(at), spare=spare)
        # a key that was misspelt is not missing as well
        for detail in sorted(
            error.errors(include_url=False), key=lambda one: one["type"] == "missing"
        )
    ]
    return all(mended)


def _note(
    document: Document,
    model: type[BaseModel],
    detail: dict[str, Any],
    problems: Problems,
    *,
    at: tuple[str | int, ...],
    spare: frozenset[str],
) -> bool:
    loc: tuple[str | int, ...] = tuple(step for step in detail["loc"] if step != "[key]")
    path = (*at, *loc)
    name = ".".join(str(step) for step in path)
    parent, last = document.node(*path[:-1]), str(path[-1]) if path else ""
    kind = detail["type"]
    match kind:
        case "extra_forbidden":
            allowed = keys_of(_model_at(model, loc[:-1]))
            near = problems.nearest(last, allowed)
            what = f"{shortened(last)!r} is no key here; the keys are {', '.join(allowed)}"
            problems.add("unknown-key", what, document.key_place(*path), suggestion=near)
            if not isinstance(parent, MapNode) or last not in parent.items:
                return False
            value, place = parent.items.pop(last), parent.keys.pop(last)
            if near is not None and near not in parent.items:
                parent.items[near], parent.keys[near] = value, place
            return True
        case "missing":
            if document.node(*path) is not None:
                return True
            what = f"{last!r} is missing"
            problems.add("missing-key", what, document.place(*path[:-1]))
        case "literal_error":
            expected = str(detail["ctx"]["expected"])
            choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
            near = problems.nearest(str(detail["input"]), choices)
            what = f"{name} is {shortened(str(detail['input']))!r}, not {expected}"
            problems.add("wrong-type", what, document.place(*path), suggestion=near)
            if isinstance(parent, MapNode) and last in parent.items:
                del parent.items[last]
                return True
        case "twice":
            twice, index = detail["ctx"]["name"], detail["ctx"]["index"]
            what = f"{twice!r} stands already in the list"
            problems.add("duplicate-name", what, document.place(*path, index))
        case _ if kind in RULES:
            # a part that reads its own text tells which character it stumbled over
            node = document.nearest(*path)
            offset = (detail.get("ctx") or {}).get("offset")
            here = node.within(offset) if offset and isinstance(node, Scalar) else node.place
            problems.add(kind, str(detail["msg"]), here)
        case _:
            wanted = _WANTED.get(kind, str(detail["msg"]))
            found = document.node(*path)
            what = f"{name} is {'nothing' if found is None else kind_of(found)}, not {wanted}"
            problems.add("wrong-type", what, document.place(*path))
            if isinstance(parent, MapNode) and last in parent.items and last in spare:
                del parent.items[last]
                return True
    return False


@cache
def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that a file may write for a model."""
    return [key for key in _fields(model) if not key.startswith("\0")]


@cache
def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model by the key that a file writes for each."""
    fields = {}
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        if isinstance(alias, AliasChoices):
            alias = alias.choices[0]
        fields[alias if isinstance(alias, str) else name] = field
    return fields


def _model_at(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel]:
    """Return the model that describes what stands at a path below another model."""
    found: Any = model
    below: type[BaseModel] = model
    for step in loc:
        if isinstance(found, type) and issubclass(found, BaseModel):
            field = _fields(found).get(str(step))
            found = None if field is None else _bare(field.annotation)
        else:
            # one step into a list or a mapping
            arguments = get_args(found)
            found = _bare(arguments[-1 if get_origin(found) is dict else 0]) if arguments else None
        if isinstance(found, type) and issubclass(found, BaseModel):
            below = found
    return below


def _bare(annotation: Any) -> Any:
    """Return an annotation without ``Annotated`` and without ``| None``."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _bare(next(a for a in get_args(annotation) if a is not type(None)))
    return annotation


def kind_of(node: Node) -> str:
    """Return what a node holds, for a message."""
    match node:
        case ListNode():
            return "a list"
        case MapNode():
            return "keys and values"
        case Scalar() if node.plain and node.text in {"", "~", "null"}:
            return "nothing"
        case Scalar():
            return f"the text {shortened(node.text, 40)!r}"
