"""Conflicts of given shapes, with preferences as an analyst would write them, or random ranks."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from detente.graph import Grid, build_space
from detente.graph.ranks import dense
from detente.model import Conflict, parse_model

__all__ = ["gatt_like", "model_text", "random_grid"]


def model_text(options: Sequence[int], *, seed: int = 0, statements: int = 12) -> str:
    """Return a model file: so many options per decision maker, random priorities over all."""
    rng = random.Random(seed)  # noqa: S311 - no secret hangs on it
    names = [f"d{i}.o{k}" for i, count in enumerate(options) for k in range(count)]
    lines = ["title: benchmark", "decision_makers:"]
    for i, count in enumerate(options):
        lines.append(f"  d{i}:")
        lines.append(f"    options: {{{', '.join(f'o{k}: O{k}' for k in range(count))}}}")
        lines.append("    priorities:")
        for _ in range(statements):
            left, right = rng.sample(names, 2)
            form = rng.choice(["{a}", "not {a}", "{a} if {b}", "not {a} if {b}", "{a} iff {b}"])
            lines.append(f"      - {form.format(a=left, b=right)}")
    lines.append("status_quo: []")
    return "\n".join(lines) + "\n"


def gatt_like(seed: int = 0) -> Conflict:
    """Return a conflict of the shape of a large trade negotiation.

    Twenty options, six decision makers with 24, 10, 3, 3, 8 and 8 strategies left by their own
    infeasible combinations: 138,240 feasible states. Three of the six rank by long lists of
    priorities, three by short ones.
    """
    text = model_text([5, 4, 3, 2, 3, 3], seed=seed)
    never = [
        "d0.o3 and not d0.o0",
        "d1.o1 and d1.o2",
        "d1.o1 and d1.o3",
        "d2.o0 and d2.o1",
        "d2.o0 and d2.o2",
        "d2.o2 and not d2.o0",
        "d3.o0 and d3.o1",
    ]
    return parse_model(text + f"infeasible: [{', '.join(never)}]\n")


def random_grid(options: Sequence[int], *, seed: int = 0) -> Grid:
    """Return a graph with random rankings without structure: the hardest case for `fold`."""
    space = build_space(parse_model(model_text(options, statements=0)))
    rng = np.random.default_rng(seed)
    ranks = [dense(rng.integers(1, space.size, size=space.size)) for _ in options]
    return Grid(space, ranks)
