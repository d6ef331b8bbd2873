"""What would unlock it, in sentences: changes of a model, whose they are, how far was looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from detente.analysis import Findings
from detente.analysis.changes import Guarantee, Lift, ModelChange, OneWay, Reorder
from detente.analysis.escrow import Escrow
from detente.analysis.unlocking import Unlocked, Unlocking
from detente.model.conflict import (
    Conflict,
    Evidence,
    Priorities,
    Ranking,
    statements_of,
)
from detente.model.expressions import Taken
from detente.report.sentences.links import upper_first
from detente.report.sentences.phrases import VERDICT_NAMES, count, join, quoted
from detente.report.sentences.sections import Section
from detente.report.sentences.words import Words

__all__ = ["change_evidence", "change_sentence", "unlock_section", "unlock_sentences"]

#: how many ways are told on a screen, and how many exchanges of one list
_WAYS, _PAIRS = 4, 4


def change_sentence(conflict: Conflict, change: ModelChange | Escrow) -> str:
    """Return one change of a model as a clause."""
    match change:
        case Reorder():
            return _reorder(conflict, change)
        case OneWay():
            dm = conflict.decision_makers[change.dm]
            option = dm.options[change.option]
            how = {
                ("take", True): "cannot be lowered again",
                ("take", False): "cannot be given up once taken",
                ("drop", True): "cannot be raised again",
                ("drop", False): "cannot be taken again once given up",
            }[change.change, bool(option.levels)]
            return f"{dm.name}: {quoted(option.name)} {how}"
        case Guarantee():
            return f"a third party can hold in place that {_stands(conflict, change)}"
        case Lift():
            text = conflict.expression_text(conflict.infeasible[change.index].expression)
            return f"{quoted(text)} becomes possible"
        case Escrow():
            steps = _steps(conflict, change.terms)
            return f"a third party holds these steps until all are in place: {steps}"


def _reorder(conflict: Conflict, change: Reorder) -> str:
    dm = conflict.decision_makers[change.dm]
    texts = _parts(conflict, change.dm)
    pairs = [
        (change.order[later], change.order[earlier])
        for earlier in range(len(change.order))
        for later in range(earlier + 1, len(change.order))
        if change.order[earlier] > change.order[later]
    ]
    told = [f"{texts[after]} before {texts[before]}" for before, after in pairs[:_PAIRS]]
    if len(pairs) > _PAIRS:
        told.append(count(len(pairs) - _PAIRS, "more exchange"))
    return f"{dm.name} puts {join(told)}"


def _parts(conflict: Conflict, dm: int) -> list[str]:
    """Return what a decision maker orders, each in quotation marks."""
    preference = conflict.decision_makers[dm].preference
    if isinstance(preference, Ranking):
        return [quoted(", ".join(ref.text for ref in tier)) for tier in preference.tiers]
    return [quoted(conflict.expression_text(one.expression)) for one in statements_of(preference)]


def _stands(conflict: Conflict, change: Guarantee) -> str:
    option = conflict.option(change.atom)
    who = conflict.decision_makers[change.atom.dm].name
    if option.levels:
        level = quoted(option.levels[change.atom.choice].name)
        return f"{who}'s {quoted(option.name)} stands at {level}"
    return f"{who}'s {quoted(option.name)} is {'taken' if change.holds else 'not taken'}"


def _steps(conflict: Conflict, terms: Sequence[Taken]) -> str:
    """Return what each decision maker does, all its steps together."""
    told = []
    for dm in dict.fromkeys(term.dm for term in terms):
        own = join(_step(conflict, term) for term in terms if term.dm == dm)
        told.append(f"{conflict.decision_makers[dm].name} {own}")
    return "; ".join(told)


def _step(conflict: Conflict, term: Taken) -> str:
    option = conflict.option(term)
    if option.levels:
        return f"sets {quoted(option.name)} to {quoted(option.levels[term.choice].name)}"
    return f"{'takes' if term.choice else 'gives up'} {quoted(option.name)}"


def change_evidence(conflict: Conflict, change: ModelChange | Escrow) -> list[str]:
    """Return the ids of the entries behind the parts that a change touches."""
    found: list[Evidence] = []
    match change:
        case Reorder():
            own = statements_of(conflict.decision_makers[change.dm].preference)
            moved = [k for place, k in enumerate(change.order) if place != k]
            found = [own[k].evidence for k in moved if k < len(own)]
        case OneWay():
            found = [conflict.decision_makers[change.dm].options[change.option].evidence]
        case Guarantee():
            found = [conflict.option(change.atom).evidence]
        case Lift():
            found = [conflict.infeasible[change.index].evidence]
        case Escrow():
            found = [conflict.option(term).evidence for term in change.terms]
    return list(dict.fromkeys(id_ for one in found for id_ in one.because))


def unlock_section(words: Words, findings: Findings) -> Section:
    """Return what would unlock it, and how far was looked."""
    return Section.of_lines("unlock", "What would unlock it", unlock_sentences(words, findings))


def unlock_sentences(words: Words, findings: Findings) -> list[str]:
    """Return the smallest changes found, with their evidence, and how far the search went."""
    found = findings.unlocking
    assert found is not None
    if findings.made.target is not None and findings.answers and findings.answers[0].stands:
        return ["The status quo is such a deal already."]
    if not found.searched:
        return ["The status quo does not hold, so there is no deadlock to unlock."]
    if found.solutions and not found.solutions[0].changes:
        return ["In the model itself nothing needs to change."]
    lines = [*_ways(words, found.escrows), *_ways(words, found.solutions)]
    lines.append(_how_far(words.conflict, found))
    if words.conflict.views:
        lines.append("This leaves out how each side sees the game.")
    return lines


def _ways(words: Words, ways: tuple[Unlocked, ...]) -> list[str]:
    conflict, lines = words.conflict, []
    for one in ways[:_WAYS]:
        told = join(change_sentence(conflict, change) for change in one.changes)
        cited = [id_ for change in one.changes for id_ in change_evidence(conflict, change)]
        ids = words.links.cited(tuple(dict.fromkeys(cited)))
        lines.append(f"{upper_first(told)}{ids}: then {VERDICT_NAMES[one.verdict]}.")
    if len(ways) > _WAYS:
        lines.append(f"… and {count(len(ways) - _WAYS, 'more such way')}.")
    return lines


def _how_far(conflict: Conflict, found: Unlocking) -> str:
    """Return how far other orders of priorities, one-way options and the like were tried."""
    kinds = join(_kinds(conflict))
    if found.solutions:
        cost = found.solutions[0].cost
        smaller = "; no smaller set does" if found.exact else "; smaller sets were not all tried"
        return f"Of {kinds}, {count(cost, 'change')} would do{smaller}."
    whole = list(takewhile(lambda level: level.tried == level.all, found.searched))
    if found.exhausted:
        return f"Of {kinds}, no set of any size would do."
    most = whole[-1].cost if whole else 0
    if most == 0:
        return f"Of {kinds}, no set was found."
    return f"Of {kinds}, no set of up to {count(most, 'change')} would do."


def _kinds(conflict: Conflict) -> Iterator[str]:
    """Yield the kinds of changes that there are in a conflict."""
    forms = [type(dm.preference) for dm in conflict.decision_makers]
    orders = {Priorities: "other orders of priorities", Ranking: "other rankings"}
    yield from (what for form, what in orders.items() if form in forms)
    if conflict.graph is None:
        yield "one-way options"
        yield "guarantees by a third party"
        if conflict.infeasible and Ranking not in forms:
            yield "combinations made possible"
