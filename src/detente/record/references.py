"""Which entries an entry names, and those that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel

from detente.errors import Severity, shortened
from detente.record.calendar import qualified
from detente.record.entries import AnyEntry
from detente.record.fields import Refers
from detente.record.record import Record, kind_of_entry

__all__ = ["Finding", "Path", "findings_of_references", "kind_words", "references"]

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of an entry, its place still to be looked up.

    Attributes
    ----------
    entry : str
        Id of the entry.
    path : tuple of str or int
        Keys and indices that lead to the value inside the entry.
    code, what : str
        As in `Problem`.
    wrong, names : str, sequence of str
        A name that is not there, and those it may have been meant to be.
    key : bool
        Whether the place is that of the key.
    """

    entry: str
    path: Path
    code: str
    what: str
    severity: Severity = "error"
    wrong: str = ""
    names: Sequence[str] = ()
    key: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where a model names entries, and where it has parts that may."""

    refers: tuple[tuple[str, str, tuple[str, ...]], ...]
    parts: tuple[tuple[str, str], ...]


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    refers, parts = [], []
    for name, field in model.model_fields.items():
        key = str(field.validation_alias or name)
        marks = [one for one in field.metadata if isinstance(one, Refers)]
        if marks:
            refers.append((name, key, marks[0].kinds))
        elif _has_model(field.annotation):
            parts.append((name, key))
    return _Plan(tuple(refers), tuple(parts))


def _has_model(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_has_model(argument) for argument in get_args(annotation))


def _parts(part: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Yield an entry and all that stands in it, each with its path."""
    yield path, part
    for name, key in _plan(type(part)).parts:
        value = getattr(part, name)
        if not value:
            continue
        if isinstance(value, BaseModel):
            yield from _parts(value, (*path, key))
            continue
        for k, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _parts(one, (*path, key, k))


def references(entry: BaseModel) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Yield every id that an entry names: where, the id, and the kinds it may be of."""
    for path, part in _parts(entry):
        for name, key, kinds in _plan(type(part)).refers:
            value = getattr(part, name)
            if isinstance(value, str):
                yield (*path, key), value, kinds
            else:
                for k, id_ in enumerate(value or ()):
                    yield (*path, key, k), id_, kinds


def findings_of_references(record: Record, known: Iterable[str]) -> Iterator[Finding]:
    """Find ids that name nothing, or something of another kind."""
    ids = set(known)
    entries, milestones = record.entries, record.milestones
    by_kind: dict[tuple[str, ...], list[str]] = {}
    for entry in entries.values():
        agreement = entry.id if kind_of_entry(entry) == "agreement" else None
        for path, id_, kinds in references(entry):
            if "milestone" in kinds:
                name = qualified(id_, agreement)
                if name not in milestones:
                    yield _unknown(entry, path, id_, ("milestone",), list(milestones))
                continue
            target = entries.get(id_)
            if target is None:
                if id_ in ids or (not kinds and id_ in milestones):
                    # it is there, but could not be read, and that has been told
                    continue
                if kinds not in by_kind:
                    by_kind[kinds] = [
                        one.id
                        for one in entries.values()
                        if not kinds or kind_of_entry(one) in kinds
                    ]
                yield _unknown(entry, path, id_, kinds, by_kind[kinds])
            elif kinds and kind_of_entry(target) not in kinds:
                found, wanted = kind_words((kind_of_entry(target),)), kind_words(kinds)
                what = f"{shortened(id_)!r} is {found}, not {wanted}"
                yield Finding(entry.id, path, "wrong-kind", what)
        yield from _anchors(record, entry)


def _unknown(
    entry: AnyEntry, path: Path, id_: str, kinds: tuple[str, ...], names: Sequence[str]
) -> Finding:
    what = f"{shortened(id_)!r} is {_no(kinds)}"
    return Finding(entry.id, path, "unknown-id", what, wrong=id_, names=names)


def kind_words(kinds: Sequence[str]) -> str:
    """Return ``a measure or an event``."""
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds)


def _no(kinds: Sequence[str]) -> str:
    return f"no {' and no '.join(kinds)}" if kinds else "no entry of the record"


def _anchors(record: Record, entry: AnyEntry) -> Iterator[Finding]:
    """Find milestones that dates are counted from and that are not there."""
    agreement = entry.id if kind_of_entry(entry) == "agreement" else None
    agreement = getattr(entry, "agreement", agreement)
    anchors = (
        ((*path, key), getattr(part, name))
        for path, part in _parts(entry)
        for name, key in _anchor_keys(type(part))
    )
    for path, anchor in anchors:
        if anchor is None or not anchor.milestone:
            continue
        name = qualified(anchor.milestone, agreement)
        if name not in record.milestones:
            names = [*record.milestones]
            if agreement:
                own = f"{agreement}."
                names += [one.removeprefix(own) for one in names if one.startswith(own)]
            what = f"{shortened(anchor.milestone)!r} is no milestone"
            yield Finding(entry.id, path, "unknown-id", what, wrong=anchor.milestone, names=names)


@cache
def _anchor_keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(field.validation_alias or name))
        for name, field in model.model_fields.items()
        if "Anchor" in str(field.annotation)
    )
