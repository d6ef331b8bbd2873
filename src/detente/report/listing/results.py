"""Which tables a result has, and how one is asked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from detente.analysis import Findings
from detente.analysis.replay import Replay
from detente.errors import DetenteError, Problem, nearest
from detente.record import Standing
from detente.record.timeline import Item
from detente.report.data.findings import STATES_SHOWN
from detente.report.listing.deals import deals_table, named_deals_table, unlock_table
from detente.report.listing.far_sight import far_sight_table
from detente.report.listing.listed import Listed
from detente.report.listing.model import options_table, priorities_table
from detente.report.listing.replay import replayed_deals_table, steps_table
from detente.report.listing.standing import standing_tables, timeline_table
from detente.report.listing.states import (
    coalitions_table,
    evolution_table,
    stability_table,
    states_table,
)
from detente.report.tables import Table
from detente.stability import StabilityTable

__all__ = ["table", "tables_of"]


def tables_of(result: Any, *, all_states: bool = False) -> tuple[Table, ...]:
    """Return the tables of a result.

    Parameters
    ----------
    result : Findings, StabilityTable, Standing, Replay or list of Item
        What `analyze`, `stability_table`, `Record.as_of`, `replay` or `timeline` returned.
    all_states : bool
        Have also tables with a row for every state where there are more than 100,000.

    Examples
    --------
    >>> import detente
    >>> [one.name for one in tables_of(detente.analyze("chicken"))]
    ['states', 'deals', 'named_deals', 'options', 'priorities']
    """
    return tuple(one.make() for one in _listed(result) if all_states or one.states <= STATES_SHOWN)


def table(result: Any, name: str | None = None, *, all_states: bool = False) -> Table:
    """Return one table of a result.

    Parameters
    ----------
    result : Findings, StabilityTable, Standing, Replay or list of Item
    name : str, optional
        By default the first.
    all_states : bool
        Give it even with a row for each of more than 100,000 states.

    Raises
    ------
    DetenteError
        ``unknown-table``; ``bad-usage`` for more than 100,000 states unless they are asked for.

    Examples
    --------
    >>> import detente
    >>> table(detente.analyze("prisoners-dilemma"), "options").to_rows()[0]["option"]
    'cooperate'
    """
    found = list(_listed(result))
    names = [one.name for one in found]
    if name is not None and name not in names:
        what = f"{name!r} is no table of this answer; there are {', '.join(names)}"
        raise DetenteError(Problem("unknown-table", what, None, nearest(name, names)))
    one = found[0 if name is None else names.index(name)]
    if one.states > STATES_SHOWN and not all_states:
        what = f"the table {one.name} has {one.states:,} rows, one for each state; ask for all"
        raise DetenteError(Problem("bad-usage", f"{what}: --all-states, or all_states=True"))
    return one.make()


@singledispatch
def _listed(result: Any) -> Iterator[Listed]:
    """Yield the tables that a result has."""
    raise TypeError(f"a {type(result).__name__} has no tables")


@_listed.register
def _(result: Findings) -> Iterator[Listed]:
    states = result.graph.size
    yield Listed("states", lambda: states_table(result), states)
    yield Listed("deals", lambda: deals_table(result))
    yield Listed("named_deals", lambda: named_deals_table(result))
    if result.conflict.graph is None:
        yield Listed("options", lambda: options_table(result.conflict))
    yield Listed("priorities", lambda: priorities_table(result.conflict))
    if result.outlook is not None:
        yield Listed("evolution", lambda: evolution_table(result), states)
    if result.foresight is not None:
        yield Listed("far_sight", lambda: far_sight_table(result))
    if result.coalitions is not None:
        yield Listed("coalitions", lambda: coalitions_table(result), states)
    if result.unlocking is not None:
        yield Listed("unlock", lambda: unlock_table(result))


@_listed.register
def _(result: StabilityTable) -> Iterator[Listed]:
    states = max((mask.shape[-1] for mask in result.stable.values()), default=0)
    yield Listed("stability", lambda: stability_table(result), states)


@_listed.register
def _(result: Standing) -> Iterator[Listed]:
    yield from standing_tables(result)


@_listed.register
def _(result: Replay) -> Iterator[Listed]:
    yield Listed("steps", lambda: steps_table(result))
    yield Listed("deals", lambda: replayed_deals_table(result))


@_listed.register(list)
def _(result: list[Item]) -> Iterator[Listed]:
    yield Listed("timeline", lambda: timeline_table(result))
