"""How long it takes to draw the figures of one analysis, and to make a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import Row
from benchmarks.shapes import model_text
from benchmarks.test_speed import copy_seconds
from detente.report.figures.conflict.deals import plot_deals
from detente.report.figures.conflict.evolution import plot_evolution
from detente.report.figures.conflict.stability import plot_stability
from detente.report.figures.figure import Figure
from detente.study import analyze, page

PLOTS: dict[str, Callable[..., Figure]] = {
    "stability": plot_stability,
    "evolution": plot_evolution,
    "deals": plot_deals,
}
SHAPES = {"2^12": [3, 3, 3, 3], "2^16": [4, 4, 4, 4]}


@pytest.mark.parametrize("kind", PLOTS)
@pytest.mark.parametrize("states", SHAPES)
def test_a_figure(states: str, kind: str, tmp_path: Path, benchmark: Any, rows: list[Row]) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(model_text(SHAPES[states], seed=3))
    findings = analyze(str(path), sim=False, also=["evolution"])
    # the picture is made when it is first asked for
    svg = benchmark.pedantic(lambda: PLOTS[kind](findings).svg, rounds=5, warmup_rounds=1)
    assert len(svg.encode()) < 200_000
    took = benchmark.stats.stats.median
    ratio = took / copy_seconds(findings.graph)
    rows.append((f"figure {kind}, {states} states", took * 1e3, 1000, ratio, None, None))


def test_the_page_of_the_flagship(benchmark: Any, rows: list[Row]) -> None:
    made = benchmark.pedantic(page, ("jcpoa-2021",), rounds=3, warmup_rounds=1)
    assert len(made.html.encode()) < 500_000
    took = benchmark.stats.stats.median
    ratio = took / copy_seconds(analyze("jcpoa-2021", sim=False).graph)
    rows.append(("page of jcpoa-2021, from its files", took * 1e3, 3000, ratio, None, None))
