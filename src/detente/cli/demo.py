"""``detente demo``: the flagship case."""

from __future__ import annotations

from detente.cli.analyze import analyze
from detente.cli.screen import Flag

__all__ = ["FLAGSHIP", "demo"]

FLAGSHIP = "jcpoa-2021"


def demo(*, json: Flag = False) -> int:
    """Analyse the talks on restoring the JCPOA, as they stood on 30 October 2021.

    Told are the verdict, the deals argued about and why each is not taken, what would unlock it,
    and how each side sees the game.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    return analyze(FLAGSHIP, deals=True, unlock=True, views=True, json=json)
