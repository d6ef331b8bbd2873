"""The decision makers as a page tells them: what each can do, and what it cares about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.analysis import Findings
from detente.graph.grid import Grid
from detente.model.conflict import (
    DecisionMaker,
    Evidence,
    Option,
    Priorities,
    Ranking,
    Statement,
    StateRef,
    Weights,
)
from detente.report.sentences.phrases import decimal, join, quoted
from detente.report.sentences.words import Words

__all__ = ["Care", "OptionLine", "Party", "parties_of"]


@dataclass(frozen=True)
class OptionLine:
    """An option: what it is, how it can change, where it stands now, and what it rests on."""

    id: str
    name: str
    levels: tuple[tuple[str, str], ...]
    change: str
    now: str
    evidence: str


@dataclass(frozen=True)
class Care:
    """Something that a decision maker cares about.

    Attributes
    ----------
    place : str
        Its number, its weight, or its place in a ranking.
    words : str
        In words.
    text : str
        As the model writes it, where that is something else.
    """

    place: str
    words: str
    text: str
    evidence: str
    according_to: str = ""


@dataclass(frozen=True)
class Party:
    """A decision maker.

    Attributes
    ----------
    moves : tuple of str
        From where to where it can move, in a conflict given as a graph.
    form : {"priorities", "weights", "ranking"}
        What `cares` are.
    """

    index: int
    id: str
    name: str
    options: tuple[OptionLine, ...]
    moves: tuple[str, ...]
    form: str
    cares: tuple[Care, ...]


#: how an option can change, for one that is taken or not and for one with levels
_CHANGES = {
    ("both", False): "can be taken and given up",
    ("both", True): "can go up and down",
    ("take", False): "cannot be given up once taken",
    ("take", True): "can only go up",
    ("drop", False): "can only be given up",
    ("drop", True): "can only go down",
}

#: how many tiers of a ranking are told
_TIERS = 30


def parties_of(words: Words, findings: Findings) -> Iterator[Party]:
    """Yield every decision maker with its options and what it cares about."""
    diagnosis = findings.diagnosis
    here = None
    if diagnosis is not None and isinstance(findings.graph, Grid):
        here = words.choices(diagnosis.status_quo)
    given = {
        (atom.dm, atom.option): evidence
        for atom, evidence in findings.conflict.status_quo_evidence
        if atom is not None
    }
    for i, dm in enumerate(findings.conflict.decision_makers):
        options = tuple(
            _option(
                words,
                option,
                None if here is None else here[i][k],
                given.get((i, k), Evidence()),
            )
            for k, option in enumerate(dm.options)
        )
        yield Party(i, dm.id, dm.name, options, _moves(words, i), *_cares(words, dm))


def _option(words: Words, option: Option, choice: int | None, given: Evidence) -> OptionLine:
    now = ""
    if choice is not None:
        if option.levels:
            now = f"stands at {quoted(option.levels[choice].name)}"
        else:
            now = "taken" if choice else "not taken"
        now += words.links.cited(given.because)
    levels = tuple((level.id, level.name) for level in option.levels)
    change = _CHANGES[option.change, bool(option.levels)]
    return OptionLine(
        option.id, option.name, levels, change, now, _evidence(words, option.evidence)
    )


def _cares(words: Words, dm: DecisionMaker) -> tuple[str, tuple[Care, ...]]:
    match dm.preference:
        case Priorities(statements):
            return "priorities", tuple(
                _care(words, str(k + 1), one) for k, one in enumerate(statements)
            )
        case Weights(statements):
            return "weights", tuple(
                _care(words, decimal(weight), one) for one, weight in statements
            )
        case Ranking(tiers):
            told = [
                Care(str(k + 1), ", ".join(_ranked(words, ref) for ref in tier), "", "")
                for k, tier in enumerate(tiers[:_TIERS])
            ]
            if len(tiers) > _TIERS:
                told.append(Care("…", f"{len(tiers) - _TIERS:,} more places", "", ""))
            return "ranking", tuple(told)


def _ranked(words: Words, ref: StateRef) -> str:
    """Return a state of a ranking: its name where states are listed, else as it is written."""
    listed = words.conflict.graph
    if listed is None:
        return ref.text
    state = listed.ids.index(ref.text)
    name = listed.names[state]
    return words.label(state) if name == ref.text else f"{words.label(state)} {quoted(name)}"


def _moves(words: Words, dm: int) -> tuple[str, ...]:
    """Return from where to where a decision maker can move, where states are listed."""
    listed = words.conflict.graph
    if listed is None:
        return ()
    targets: dict[int, list[int]] = {}
    for source, target in listed.moves[dm]:
        targets.setdefault(source, []).append(target)
    told = [
        f"from {words.label(source)} to {join(map(words.label, targets[source]), 'or')}"
        for source in list(targets)[:_TIERS]
    ]
    if len(targets) > _TIERS:
        told.append(f"from {len(targets) - _TIERS:,} more states")
    return tuple(told)


def _care(words: Words, place: str, statement: Statement) -> Care:
    text, told = (
        words.conflict.expression_text(statement.expression),
        words.wish(statement.expression),
    )
    evidence = statement.evidence
    return Care(place, told, text, _evidence(words, evidence), evidence.according_to or "")


def _evidence(words: Words, evidence: Evidence) -> str:
    """Return the entries that a part rests on, marked."""
    return words.links.cited(evidence.because).strip(" []")
