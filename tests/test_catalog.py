"""Catalog entries against tables computed elsewhere and against what others printed."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import yaml

from detente.analysis import efficient, zone
from detente.catalog import entries, load_entry, slugs
from detente.document import Document
from detente.graph import Grid, to_graph
from detente.graph.paths import steps_from
from detente.record import load_record
from detente.report.sentences.phrases import KNOWN
from detente.stability import CONCEPTS, stability_table
from detente.study import Question, check, framed_for, open_source

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden.yaml").read_text())


@pytest.mark.parametrize("slug", GOLDEN)
def test_every_table_computed_from_the_definitions_elsewhere_is_ours(slug: str) -> None:
    graph = to_graph(load_entry(slug).conflict)
    table = stability_table(graph)
    assert set(table.concepts) == set(GOLDEN[slug]["stable"])
    for concept, rows in GOLDEN[slug]["stable"].items():
        for dm, expected in enumerate(rows):
            states = list(range(1, graph.size + 1)) if expected == "all" else expected
            found = np.flatnonzero(table.stable[concept][dm]) + 1
            assert found.tolist() == states, (concept, dm)


@pytest.mark.parametrize("slug", [slug for slug in GOLDEN if "status_quo" in GOLDEN[slug]])
def test_zone_efficiency_and_drift_at_a_status_quo_are_ours(slug: str) -> None:
    golden = GOLDEN[slug]
    graph = to_graph(load_entry(slug).conflict)
    q = golden["status_quo"] - 1
    assert (np.flatnonzero(zone(graph, q)) + 1).tolist() == golden["zone"]
    everywhere = np.arange(graph.size)
    assert (everywhere[efficient(graph, everywhere)] + 1).tolist() == golden["pareto"]
    if golden["blocked"] is not None:
        found = [int(zone(graph, q, graph.others(dm)).sum()) for dm in graph.dms]
        assert found == golden["blocked"]
    reached = set(np.flatnonzero(steps_from(graph, graph.dms, q, "improvements").possible) + 1)
    # the golden lists hold the start itself only where a cycle leads back to it
    assert reached - {q + 1} == set(golden["leads_to"]) - {q + 1}


@pytest.mark.parametrize("slug", slugs())
def test_every_printed_answer_is_ours_or_the_difference_is_explained(slug: str) -> None:
    entry = load_entry(slug)
    if entry.conflict.timed:
        assert not entry.published
        return
    table = stability_table(to_graph(entry.conflict))
    for printed in entry.published:
        for concept, states in printed.equilibria.items():
            found = (np.flatnonzero(table.equilibria(concept)) + 1).tolist()
            assert (found != list(states)) == (concept in printed.differs), concept


@pytest.mark.parametrize("slug", slugs())
def test_every_entry_is_sound_and_names_its_source(slug: str) -> None:
    entry = load_entry(slug)
    assert [problem for problem in check(slug) if problem.severity == "error"] == []
    assert entry.citation.strip()
    assert entry.summary.strip()
    assert entry.known in KNOWN
    assert slug == slug.lower()
    if entry.known == "recalled":
        assert all(printed.known == "recalled" for printed in entry.published)


def test_there_are_published_conflicts_and_the_flagship() -> None:
    found = {entry.slug for entry in entries()}
    assert set(GOLDEN) | {"jcpoa-2021"} == found


def test_syria_iraq_counts_of_rankings_follow_the_definition_not_the_printed_420() -> None:
    """All 720 rankings of Syria, in one batch, make state 2 an equilibrium so often."""
    graph = to_graph(load_entry("syria-iraq-1975").conflict)
    syria = np.array(list(permutations(range(1, 7))), dtype=np.uint8)
    iraq = np.broadcast_to(graph.ranks[1], syria.shape)
    table = stability_table(graph.with_ranks([syria, iraq]))
    counts = {c: int(table.equilibria(c)[:, 1].sum()) for c in table.concepts}
    assert counts == {"nash": 240, "gmr": 384, "smr": 300, "seq": 384, "sseq": 300}
    dossier = Document.read(load_entry("syria-iraq-1975").folder / "dossier.yaml").plain()
    told = dossier["inverse"]["by_definition"]  # type: ignore[index,call-overload]
    assert {c: int(n) for c, n in told.items()} == counts  # type: ignore[union-attr]


def test_the_flagship_has_the_parties_options_and_evidence_it_promises() -> None:
    entry = load_entry("jcpoa-2021")
    conflict = entry.conflict
    assert {"iran", "usa", "e3"} < set(conflict.dm_ids)
    assert len(conflict.dm_ids) >= 4
    options = [option for dm in conflict.decision_makers for option in dm.options]
    assert len(options) >= 10
    assert {option.change for option in options} > {"both"}
    cited = {*(i for option in options for i in option.evidence.because)}
    for dm in conflict.decision_makers:
        for statement in dm.preference.statements:  # type: ignore[union-attr]
            assert statement.evidence.because, statement
            assert statement.evidence.according_to, statement
            cited |= set(statement.evidence.because)
    for statement in conflict.infeasible:
        cited |= set(statement.evidence.because)
    cited |= {i for _, evidence in conflict.status_quo_evidence for i in evidence.because}
    assert cited <= set(load_record(entry.folder).entries)


def test_no_priority_of_the_flagship_is_idle() -> None:
    """Each statement tells some states apart; one that never does was probably mistyped."""
    framed = framed_for(open_source("jcpoa-2021"), Question())
    assert framed is not None
    conflict = framed.conflict
    graph = to_graph(conflict)
    assert isinstance(graph, Grid)
    for dm in conflict.decision_makers:
        for statement in dm.preference.statements:  # type: ignore[union-attr]
            truth = graph.space.over_states(graph.space.truth(statement.expression))
            assert 0 < truth.sum() < graph.size, conflict.expression_text(statement.expression)


def test_concepts_of_printed_answers_are_known() -> None:
    for entry in entries():
        for printed in entry.published:
            assert set(printed.equilibria) <= set(CONCEPTS)
