"""How long the main job takes. Figures are ratios within one run; nothing here can fail on time.

``python3 x.py bench`` prints the table that stands in docs/speed.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import Row
from benchmarks.shapes import gatt_like, model_text, random_grid
from detente.graph import Graph, to_graph
from detente.model import parse_model
from detente.stability import CONCEPTS, stability_table

FIVE = [name for name in CONCEPTS if name != "sim"]
ROOT = Path(__file__).resolve().parent.parent


def copy_seconds(graph: Graph) -> float:
    """Return the least time of five that a plain copy of all rank arrays takes."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        for rank in graph.ranks:
            rank.copy()
        times.append(time.perf_counter() - start)
    return min(times)


def fresh(graph: Graph) -> Callable[[], tuple[tuple[Graph, Sequence[str]], dict[str, Any]]]:
    """Return a set-up that forgets what the graph has sorted, so that sorting is timed too."""
    return lambda: ((graph.with_ranks(graph.ranks), FIVE), {})


def test_five_concepts_on_2_to_12_states_and_4_decision_makers(
    benchmark: Any, rows: list[Row]
) -> None:
    graph = random_grid([3, 3, 3, 3])
    benchmark.pedantic(stability_table, setup=fresh(graph), rounds=30, warmup_rounds=3)
    took = benchmark.stats.stats.median
    rows.append(
        (
            "2^12 states, 4 dms, five concepts, random ranks",
            took * 1e3,
            25,
            took / copy_seconds(graph),
            None,
            None,
        )
    )


def test_from_text_to_table_on_2_to_12_states(benchmark: Any, rows: list[Row]) -> None:
    text = model_text([3, 3, 3, 3])
    graph = to_graph(parse_model(text))
    benchmark.pedantic(
        lambda: stability_table(to_graph(parse_model(text)), FIVE), rounds=20, warmup_rounds=2
    )
    took = benchmark.stats.stats.median
    rows.append(
        (
            "2^12 states, from the text of the model file",
            took * 1e3,
            25,
            took / copy_seconds(graph),
            None,
            None,
        )
    )


def test_a_conflict_of_the_shape_of_a_large_trade_negotiation(
    benchmark: Any, rows: list[Row]
) -> None:
    conflict = gatt_like()
    graph = to_graph(conflict)
    assert graph.size == 138_240
    benchmark.pedantic(lambda: stability_table(to_graph(conflict), FIVE), rounds=5, warmup_rounds=1)
    took = benchmark.stats.stats.median
    rows.append(
        (
            "138,240 states, 6 dms, 20 options, graph included",
            took * 1e3,
            2000,
            took / copy_seconds(graph),
            None,
            None,
        )
    )


ALONE = """
import json, resource, sys, time
from benchmarks.shapes import random_grid
from benchmarks.test_speed import FIVE, copy_seconds
from detente.stability import stability_table
graph = random_grid([{options}] * 4)
start = time.perf_counter()
stability_table(graph, FIVE)
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
json.dump([took, copy_seconds(graph), peak], sys.stdout)
"""


@pytest.mark.parametrize(
    ("options", "seconds", "memory"), [(5, 5, 700), (6, 600, 5000)], ids=["2^20", "2^24"]
)
def test_many_states_in_a_process_of_their_own(
    options: int, seconds: float, memory: float, benchmark: Any, rows: list[Row]
) -> None:
    """Time and peak memory of five concepts for four decision makers with random rankings."""

    def measure() -> list[float]:
        code = ALONE.format(options=options)
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        found: list[float] = json.loads(done.stdout)
        return found

    took, copied, peak = benchmark.pedantic(measure, rounds=1)
    what = f"2^{4 * options} states, 4 dms, five concepts, random ranks"
    rows.append((what, took * 1e3, seconds * 1e3, took / copied, peak, memory))


@pytest.mark.parametrize("slug", ["prisoners-dilemma", "jcpoa-2021"])
def test_a_whole_command_process_start_included(slug: str, benchmark: Any, rows: list[Row]) -> None:
    command = [sys.executable, "-m", "detente", "analyze", slug]
    benchmark.pedantic(
        lambda: subprocess.run(command, capture_output=True, check=True), rounds=5, warmup_rounds=1
    )
    took = benchmark.stats.stats.median
    rows.append((f"detente analyze {slug}", took * 1e3, 900, None, None, None))
