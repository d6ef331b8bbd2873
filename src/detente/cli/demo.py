"""``detente demo``: the flagship case."""

from __future__ import annotations

from detente.cli.analyze import analyze
from detente.cli.screen import Flag

__all__ = ["FLAGSHIP", "demo"]

FLAGSHIP = "jcpoa-2021"


def demo(*, json: Flag = False) -> int:
    """Analyse the talks on restoring the JCPOA, as they stood on 30 October 2021.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    return analyze(FLAGSHIP, json=json)
