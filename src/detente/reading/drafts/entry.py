"""An entry as text and back: written as a person would, read with every problem at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from detente.document import Document, ListNode, MapNode, Node
from detente.document.emit import Noted, Short, Tree, yaml_text
from detente.document.shape import kind_of, note_problems
from detente.document.tree import Scalar, plain_of
from detente.errors import DetenteError, Problem, Problems
from detente.reading.drafts.draft import Entry
from detente.record.entries import SECTIONS
from detente.record.load import SHORT
from detente.record.references import kind_words, references

__all__ = [
    "Checked",
    "Naming",
    "check_entry",
    "drop_empty",
    "entry_lines",
    "entry_text",
    "merged",
    "misnamed",
    "named",
    "styled",
]

#: how long a list or mapping in brackets may be
_SHORT = 76


@dataclass(frozen=True)
class Checked:
    """A text that was held against the model of its section.

    Attributes
    ----------
    entry : mapping of str to tree, or None
        What the text says; None where it is no entry.
    model : model or None
        The entry as the record would hold it.
    document : Document or None
        For the places of what it says.
    problems : tuple of Problem
    """

    entry: Entry | None
    model: BaseModel | None = None
    document: Document | None = None
    problems: tuple[Problem, ...] = ()


class Naming(NamedTuple):
    """An id that an entry names: where in the entry, and of which kinds it may be."""

    path: tuple[str | int, ...]
    id: str
    kinds: tuple[str, ...]


# -- writing -------------------------------------------------------------------------------------


def entry_text(entry: Entry, needs: Sequence[str] = ()) -> str:
    """Return an entry as YAML; each key that is still open stands at the end, with no value."""
    text = "" if not entry else yaml_text(styled(entry))
    return text + "".join(f"{key}:\n" for key in needs if not entry.get(key))


def entry_lines(id_: str, entry: Entry, indent: int, step: int) -> Iterator[str]:
    """Yield the lines of an entry under its id.

    Parameters
    ----------
    id_ : str
    entry : mapping of str to tree
    indent : int
        The column of the id, from 0.
    step : int
        How much further the keys of the entry are indented.
    """
    yield f"{' ' * indent}{_key(id_)}:"
    inner = indent + step
    # what is written depends on the room that is left, so the entry is written at its depth
    tree: Mapping[str, Tree] = styled(entry)
    for _ in range(inner // 2):
        tree = {"x": tree}
    odd = " " * (inner % 2)
    for line in yaml_text(tree).splitlines()[inner // 2 :]:
        yield f"{odd}{line}" if line else ""


def _key(id_: str) -> str:
    return yaml_text({id_: ""}).partition(":")[0]


def styled(entry: Entry) -> dict[str, Tree]:
    """Return an entry with short lists and mappings in brackets, as record files have them."""
    return {key: _brackets(value) for key, value in entry.items()}


def _brackets(value: Tree) -> Tree:
    if not _flat(value):
        return value
    words = not isinstance(value, Mapping | str | Short | Noted) and all(
        isinstance(item, str) and len(item) <= _SHORT // 2 for item in value
    )
    # a list of words may go over several lines, anything else stands in one
    return Short(value) if words or len(yaml_text({"x": Short(value)})) <= _SHORT else value


def _flat(value: Tree) -> bool:
    """Tell whether a value is texts, or a list of mappings of texts, no deeper."""
    if isinstance(value, Mapping):
        return bool(value) and all(isinstance(one, str) for one in value.values())
    if isinstance(value, str | Short) or not isinstance(value, Sequence):
        return False
    return bool(value) and all(
        isinstance(one, str) or (isinstance(one, Mapping) and _flat(one)) for one in value
    )


# -- reading -------------------------------------------------------------------------------------


def check_entry(
    text: str, section: str, id_: str, *, name: str, needs: Sequence[str] = ()
) -> Checked:
    """Read the text of an entry and hold it against the model of its section.

    Parameters
    ----------
    text : str
        Keys and values; a key without a value is left out.
    section, id_ : str
    name : str
        What the text is called in messages.
    needs : sequence of str
        Keys that may not be empty where the model requires them.
    """
    try:
        document = Document.parse(text, name)
    except DetenteError as error:
        return Checked(None, problems=error.problems)
    root, model = document.root, SECTIONS[section]
    if isinstance(root, Scalar) and section in SHORT and plain_of(root) is not None:
        root = MapNode(root.place, {SHORT[section]: root}, {SHORT[section]: root.place})
        document = Document(name, root)
    if not isinstance(root, MapNode):
        what = f"an entry is keys and values, not {kind_of(root)}"
        return Checked(None, problems=(Problem("wrong-type", what, root.place),))
    drop_empty(root)
    entry: Any = plain_of(root)
    problems = Problems()
    found = _validated(document, model, id_, problems)
    for key, field in model.model_fields.items():
        called = str(field.validation_alias or key)
        empty = called in root.items and not plain_of(root.items[called])
        if found is not None and called in needs and field.is_required() and empty:
            problems.add("missing-key", f"{called!r} is empty", document.key_place(called))
    return Checked(entry, None if problems.errors else found, document, problems.sorted())


def _validated(
    document: Document, model: type[BaseModel], id_: str, problems: Problems
) -> BaseModel | None:
    for last in (False, True):
        value: Any = plain_of(document.root)
        value["\0id"] = id_
        try:
            return model.model_validate(value)
        except ValidationError as error:
            if last or not note_problems(document, model, error, problems):
                return None
    return None


def drop_empty(node: Node) -> None:
    """Take keys without a value out of a tree; they stand for what was left open."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ListNode):
            one.items = [item for item in one.items if plain_of(item) is not None]
            waiting += one.items
        elif isinstance(one, MapNode):
            for key in [k for k, value in one.items.items() if plain_of(value) is None]:
                del one.items[key], one.keys[key]
            waiting += one.items.values()


def merged(base: Entry, lines: str, *, name: str) -> dict[str, Tree]:
    """Return an entry with the values of some keys put in; one without a value is taken out.

    Raises
    ------
    DetenteError
        If the lines are not keys and values.
    """
    document = Document.parse(lines, name)
    if not isinstance(document.root, MapNode):
        what = f"{kind_of(document.root)} is no key with its value"
        raise DetenteError(Problem("wrong-type", what, document.root.place))
    entry = dict(base)
    for key, node in document.root.items.items():
        if plain_of(node) is None:
            entry.pop(key, None)
        else:
            drop_empty(node)
            value: Any = plain_of(node)
            entry[key] = value
    return entry


def named(checked: Checked) -> Iterator[Naming]:
    """Yield the ids that an entry names, milestones left out."""
    if checked.model is not None:
        for path, id_, kinds in references(checked.model):
            if "milestone" not in kinds and "." not in id_:
                yield Naming(path, id_, kinds)


def misnamed(
    checked: Checked, naming: Naming, kinds: Mapping[str, str], *, skipped: int = 0
) -> Problem:
    """Return the problem of an id that names nothing, or something of another kind.

    Parameters
    ----------
    checked : Checked
        The entry.
    naming : Naming
        What it names.
    kinds : mapping of str to str
        The kind of every id there is.
    skipped : int
        The number of a draft that has the id and was skipped.
    """
    assert checked.document is not None
    place = checked.document.place(*naming.path)
    kind = kinds.get(naming.id)
    if skipped:
        return Problem("unknown-id", f"{naming.id!r} is draft {skipped}, which was skipped", place)
    if kind is not None:
        what = f"{naming.id!r} is {kind_words((kind,))}, not {kind_words(naming.kinds)}"
        return Problem("wrong-kind", what, place)
    what = f"{naming.id!r} is no {' and no '.join(naming.kinds) or 'entry of the record'}"
    fitting = [id_ for id_, one in kinds.items() if not naming.kinds or one in naming.kinds]
    return Problem("unknown-id", what, place, Problems().nearest(naming.id, fitting))
