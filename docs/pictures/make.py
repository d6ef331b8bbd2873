"""Make the pictures of the README again: ``python3 x.py pictures``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import detente
from detente.report import Figure, plot_evolution, plot_replay

__all__ = ["PICTURES"]

HERE = Path(__file__).resolve().parent


def ways() -> Figure:
    """Draw the ways from the status quo of 30 October 2021."""
    return plot_evolution(detente.analyze("jcpoa-2021", also=["evolution"]), width=940)


def moved() -> Figure:
    """Draw how the answer moved from 2013 to 2021."""
    return plot_replay(detente.replay("jcpoa-2021", "2013-11-24", "2021-12-31"), width=940)


#: file -> what draws it
PICTURES: Mapping[Path, Callable[[], Figure]] = {
    HERE / "ways.svg": ways,
    HERE / "moved.svg": moved,
}

if __name__ == "__main__":
    for file, draw in PICTURES.items():
        draw().save(file)
