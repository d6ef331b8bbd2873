"""The shipped dossier on the talks of 2021, and short ways to ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import detente
from detente.record.comparison import compare_claim
from detente.record.dates import parse_when
from detente.record.entries import (
    SECTIONS,
    AnyEntry,
    Statement,
)
from detente.record.load import load_record
from detente.record.record import Record
from detente.record.standing import Contested, Standing

RECORD = load_record(Path(detente.__file__).parent / "catalog" / "jcpoa-2021")
DAY = "2021-10-30"
AUTHOR = "lendman"

E = TypeVar("E", bound=AnyEntry)


def get(kind: type[E], id_: str, record: Record = RECORD) -> E:
    entry = record.entries[id_]
    assert isinstance(entry, kind)
    return entry


def said(id_: str) -> Statement:
    return get(Statement, id_)


def by_kind(kind: str) -> dict[str, Statement]:
    """The article's statements of a kind."""
    return {
        one.id: one
        for one in RECORD.of_kind(Statement)
        if one.kind == kind and "article" in {ref.source for ref in one.sources}
    }


def paragraphs(entry: Any) -> set[int]:
    """The paragraphs of the article that an entry rests on."""
    found: set[int] = set()
    for ref in getattr(entry, "sources", ()):
        if ref.source == "article" and ref.at is not None:
            first, *rest = (int(number) for number in re.findall(r"P(\d+)", ref.at))
            found |= set(range(first, (rest or [first])[0] + 1))
    return found


def results(id_: str, record: Record = RECORD) -> list[tuple[str, str, str]]:
    """What comes of every claim of a statement."""
    statement = get(Statement, id_, record)
    told = [one for claim in statement.claims for one in compare_claim(record, id_, claim)]
    return [(one.entry, one.what, one.result) for one in told]


def claimed(about: str, **keys: Any) -> list[str]:
    """The results of a claim that the dossier does not have."""
    keys = {"kind": "assertion", "speaker": AUTHOR, "claims": {"about": about, **keys}}
    made = SECTIONS["statements"].model_validate({"\0id": "made", **keys})
    assert isinstance(made, Statement)
    return [one.result for claim in made.claims for one in compare_claim(RECORD, "made", claim)]


def with_entry(entry: Any, record: Record = RECORD) -> Record:
    return replace(record, entries={**record.entries, entry.id: entry})


def measure_state(standing: Standing, id_: str) -> str | None:
    return {one.measure.id: one.state for one in standing.measures}.get(id_)


def office(on: str, name: str, of: str) -> list[str]:
    return [one.person for one in RECORD.as_of(on).offices if (one.office, one.of) == (name, of)]


def contested(on: str, id_: str) -> Contested:
    return next(one for one in RECORD.as_of(on).contested if one.question.id == id_)


def answers(on: str, id_: str) -> dict[str, str]:
    views = contested(on, id_).views
    return {holder: view.what or "" for view in views for holder in view.holders}


def chain(id_: str) -> Iterator[Statement]:
    """A statement, what it reports, what that reports, and so on."""
    while True:
        yield said(id_)
        if not said(id_).reports:
            return
        (id_,) = said(id_).reports


def seconds(day: str) -> int:
    return parse_when(day).earliest
