"""How the conflict can move on from the status quo: in sentences, as a table and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Findings, Outlook
from detente.analysis.evolution import Evolution
from detente.report.words import Words, count, join

__all__ = ["evolution_data", "evolution_section"]

#: how many states the table on a screen has, and how many sets of states are named
_SHOWN, _SETS = 12, 4


def _states_of_interest(findings: Findings, most: int | None = None) -> list[int]:
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


def evolution_section(findings: Findings) -> RenderableType:
    """Return how far one gets from the status quo, and how the states that matter are reached."""
    outlook = findings.outlook
    assert outlook is not None
    words = Words.of(findings)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("state", "steps that gain", "last mover", "moves", "last mover"):
        table.add_column(heading, no_wrap=True)
    for state in _states_of_interest(findings, _SHOWN):
        table.add_row(
            words.label(state),
            *_cells(words, outlook.improvements, state),
            *_cells(words, outlook.moves, state),
        )
    lines = Text("\n".join(evolution_sentences(findings, outlook)))
    return Group(Text("From the status quo", "bold"), Padding(Group(lines, table), (0, 0, 0, 2)))


def _cells(words: Words, found: Evolution, state: int) -> tuple[str, str]:
    steps = int(found.fewest[state])
    movers = np.flatnonzero(found.last_movers[:, state]).tolist()
    return ("never" if steps < 0 else str(steps), join((words.dm(dm) for dm in movers), "or"))


def evolution_sentences(findings: Findings, outlook: Outlook) -> list[str]:
    """Return how many states are reached by what, and where improvements end."""
    words = Words.of(findings)
    lines = []
    steps = ((outlook.improvements, "steps that gain their mover"), (outlook.moves, "moves"))
    for found, by in steps:
        counts = found.counts().tolist()[1:]
        if not counts:
            lines.append(f"{by[0].upper()}{by[1:]} lead nowhere.")
            continue
        told = join(f"{number:,} after {k + 1}" for k, number in enumerate(counts))
        never = int((found.fewest < 0).sum())
        left = f"; {never:,} are never reached" if never else ""
        lines.append(f"States reached for the first time by {by}: {told}{left}.")
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


def evolution_data(findings: Findings) -> dict[str, Any]:
    """Return when each deal and equilibrium is first reached, and the ends, as numbers from 1."""
    outlook, ids = findings.outlook, findings.conflict.dm_ids
    assert outlook is not None
    states = _states_of_interest(findings)

    def one(found: Evolution) -> dict[str, Any]:
        return {
            "counts": found.counts().tolist(),
            "never": int((found.fewest < 0).sum()),
            "states": [
                {
                    "state": state + 1,
                    "steps": int(found.fewest[state]),
                    "last_movers": [ids[dm] for dm in np.flatnonzero(found.last_movers[:, state])],
                }
                for state in states
                if found.fewest[state] >= 0
            ],
        }

    return {
        "improvements": one(outlook.improvements),
        "moves": one(outlook.moves),
        "absorbing": [(ends + 1).tolist() for ends in outlook.absorbing],
        "sentences": evolution_sentences(findings, outlook),
    }
