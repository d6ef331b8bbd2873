"""How long it takes to say why talks stand still, and what would move them."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.conftest import Row
from benchmarks.shapes import model_text
from benchmarks.test_speed import copy_seconds
from detente.analysis.case import Case
from detente.analysis.coalitions import coalition_findings
from detente.analysis.diagnosis import VERDICT_CONCEPTS, diagnose
from detente.analysis.escrows import escrows
from detente.analysis.evolution import outlook
from detente.analysis.unlocking import unlock
from detente.graph import to_graph
from detente.model import parse_model
from detente.stability import stability_table
from detente.study import analyze, replay

#: seeds of random priorities, and the verdict of the status quo of each
SEEDS = {0: "commitment-problem", 1: "sequencing-problem", 2: "drift", 3: "fear-of-countermove"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_diagnosis_of_2_to_16_states(seed: int, benchmark: Any, rows: list[Row]) -> None:
    graph = to_graph(parse_model(model_text([4, 4, 4, 4], seed=seed)))
    table = stability_table(graph, VERDICT_CONCEPTS)
    found = benchmark.pedantic(diagnose, (graph, table, 0), rounds=5, warmup_rounds=1)
    assert found.verdict == SEEDS[seed]
    took = benchmark.stats.stats.median
    what = f"diagnosis, 2^16 states, 4 dms: {found.verdict}"
    rows.append((what, took * 1e3, 5000, took / copy_seconds(graph), None, None))


def test_evolution_of_2_to_16_states(benchmark: Any, rows: list[Row]) -> None:
    graph = to_graph(parse_model(model_text([4, 4, 4, 4])))
    benchmark.pedantic(outlook, (graph, 0), rounds=5, warmup_rounds=1)
    took = benchmark.stats.stats.median
    ratio = took / copy_seconds(graph)
    rows.append(("evolution, 2^16 states, 4 dms", took * 1e3, 5000, ratio, None, None))


def test_unlocking_the_flagship(benchmark: Any, rows: list[Row]) -> None:
    findings = analyze("jcpoa-2021", sim=False)
    assert findings.diagnosis is not None
    case = Case(findings.graph, findings.table, findings.diagnosis.status_quo)

    def both() -> None:
        unlock(findings.conflict, case.q)
        escrows(findings.conflict, case)

    benchmark.pedantic(both, rounds=2, warmup_rounds=0)
    took = benchmark.stats.stats.median
    ratio = took / copy_seconds(findings.graph)
    rows.append(("unlocking jcpoa-2021", took * 1e3, 10_000, ratio, None, None))


def test_coalitions_of_the_flagship(benchmark: Any, rows: list[Row]) -> None:
    findings = analyze("jcpoa-2021", sim=False)
    benchmark.pedantic(coalition_findings, (findings.graph, findings.table), rounds=1)
    took = benchmark.stats.stats.median
    ratio = took / copy_seconds(findings.graph)
    rows.append(("all coalitions of jcpoa-2021", took * 1e3, 60_000, ratio, None, None))


def test_replaying_eight_years(benchmark: Any, rows: list[Row]) -> None:
    benchmark.pedantic(replay, ("jcpoa-2021", "2013-11-24", "2021-12-31"), rounds=1)
    took = benchmark.stats.stats.median
    rows.append(("replay of jcpoa-2021, 2013 to 2021", took * 1e3, 30_000, None, None, None))
