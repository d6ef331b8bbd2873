"""The game as one decision maker sees it."""

from __future__ import annotations

from dataclasses import replace

from detente.framing.restrict import restricted
from detente.model.conflict import Conflict

__all__ = ["seen_by"]


def seen_by(conflict: Conflict, dm: int) -> Conflict:
    """Return the conflict in which one decision maker believes itself to be.

    Its view in the model replaces preferences, adds what it takes to be impossible, and takes out
    the options it does not know of, as if they were never taken. Without a view it is the
    conflict itself.
    """
    view = next((view for view in conflict.views if view.dm == dm), None)
    if view is None:
        return replace(conflict, views=())
    preferences = dict(view.preferences)
    believed = replace(
        conflict,
        decision_makers=tuple(
            replace(one, preference=preferences.get(i, one.preference))
            for i, one in enumerate(conflict.decision_makers)
        ),
        infeasible=(*conflict.infeasible, *view.infeasible),
        views=(),
    )
    return restricted(believed, set(view.unknown))
