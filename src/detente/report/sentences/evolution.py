"""How the conflict can move on from the status quo: in sentences and as a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.analysis import Findings, Outlook
from detente.analysis.evolution import Evolution
from detente.report.sentences.links import upper_first
from detente.report.sentences.phrases import count, join
from detente.report.sentences.sections import Section, Told
from detente.report.sentences.words import Words
from detente.report.tables import Column, Table

__all__ = ["evolution_section", "evolution_sentences", "states_of_interest"]

#: how many states the table on a screen has, and how many sets of states are named
_SHOWN, _SETS = 12, 4


def states_of_interest(findings: Findings, most: int | None = None) -> list[int]:
    """Return the deals, then the other equilibria, the soonest reached first."""
    diagnosis, outlook = findings.diagnosis, findings.outlook
    assert diagnosis is not None
    assert outlook is not None
    deals = [deal.state for deal in diagnosis.deals]
    masks = [findings.table.equilibria(concept) for concept in findings.table.concepts]
    others = np.flatnonzero(np.any(masks, axis=0))
    soonest = outlook.moves.fewest[others]
    order = np.lexsort((others, np.where(soonest < 0, np.iinfo(soonest.dtype).max, soonest)))
    rest = [state for state in others[order].tolist() if state not in set(deals)]
    if most is None:
        return deals + rest
    return deals[: most // 2] + rest[: most - min(len(deals), most // 2)]


def evolution_section(words: Words, findings: Findings) -> Section:
    """Return how far one gets from the status quo, and how the states that matter are reached."""
    outlook = findings.outlook
    assert outlook is not None
    columns = (
        Column("state"),
        Column("improvements", "steps that gain", "right"),
        Column("improver", "last mover"),
        Column("moves", "moves", "right"),
        Column("mover", "last mover"),
    )
    rows = tuple(
        (
            words.label(state),
            *_cells(words, outlook.improvements, state),
            *_cells(words, outlook.moves, state),
        )
        for state in states_of_interest(findings, _SHOWN)
    )
    title = "From the status quo"
    told = Told("", tuple(evolution_sentences(words, outlook)))
    return Section("evolution", title, (told,), Table("evolution", title, columns, rows))


def _cells(words: Words, found: Evolution, state: int) -> tuple[str, str]:
    steps = int(found.fewest[state])
    movers = np.flatnonzero(found.last_movers[:, state]).tolist()
    return ("never" if steps < 0 else str(steps), join((words.dm(dm) for dm in movers), "or"))


def evolution_sentences(words: Words, outlook: Outlook) -> list[str]:
    """Return how many states are reached by what, and where improvements end."""
    lines = []
    steps = ((outlook.improvements, "steps that gain their mover"), (outlook.moves, "moves"))
    for found, by in steps:
        counts = found.counts().tolist()[1:]
        if not counts:
            lines.append(f"{upper_first(by)} lead nowhere.")
            continue
        told = join(f"{number:,} after {k + 1}" for k, number in enumerate(counts))
        never = int((found.fewest < 0).sum())
        left = f"; {never:,} are never reached" if never else ""
        lines.append(f"States reached for the first time by {by}: {told}{left}.")
    if not (outlook.improvements.fewest > 0).any():
        return lines
    sets = outlook.absorbing
    ends = [_set(words, states.tolist()) for states in sets[:_SETS]]
    if len(sets) > _SETS:
        ends.append(f"{len(sets) - _SETS:,} more")
    lines.append(f"Steps that gain their mover end in {join(ends, 'or')}.")
    return lines


def _set(words: Words, states: Sequence[int]) -> str:
    if len(states) == 1:
        return words.number(states[0])
    shown = ", ".join(map(words.label, states[:_SETS]))
    more = ", …" if len(states) > _SETS else ""
    return f"a round of {count(len(states), 'state')} ({shown}{more})"
