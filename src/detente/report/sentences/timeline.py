"""The record in the order of time, in sentences; what is contested or at odds says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.record.entries import Question
from detente.record.timeline import Item
from detente.report.sentences.standing import Entered, Names, Note

__all__ = ["timeline_entries"]


def timeline_entries(names: Names, items: Sequence[Item]) -> Iterator[Entered]:
    """Yield every item; the views on a contested question stand with the first that it is about."""
    told: set[str] = set()
    for item in items:
        aside = ""
        if not item.sources and item.kind not in ("milestone", "commitment"):
            aside = "[unsupported]"
        notes = [
            Note(
                f"at odds with {names.links.entry(one.entry)}: {one.what} {one.said}, "
                f"there {one.found}"
            )
            for one in item.at_odds
        ]
        for question in item.contested:
            id_ = names.links.entry(question.id)
            notes.append(Note(f"contested: {question.question} [{id_}]"))
            if question.id not in told:
                notes += _views(names, question)
                told.add(question.id)
        what = item.what or "(no words are known)"
        yield Entered(item.id, str(item.date), what, _label(names, item), aside, tuple(notes))


def _label(names: Names, item: Item) -> str:
    """Return what a line is and whose; a statement is never told without who says it."""
    who = names.all(item.by) or "somebody unnamed"
    if item.kind == "statement":
        label = f"{who}, {item.phase}"
    elif item.kind == "observation":
        label = f"seen by {who}" + (f", {item.phase}" if item.phase else "")
    else:
        label = f"{item.kind} {item.phase}".strip()
    reporter = names.all(item.according_to)
    return f"{label}, according to {reporter}" if reporter else label


def _views(names: Names, question: Question) -> Iterator[Note]:
    """Yield who holds what, a sentence for each view."""
    for view in question.views:
        yield Note(f"  {names.all(view.according_to) or 'some'}: {view.what}")
