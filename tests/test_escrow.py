"""An escrow means what it says, and opens what it promises, as a model that is written and read."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from detente.analysis.case import Case
from detente.analysis.diagnosis import VERDICT_CONCEPTS
from detente.analysis.escrow import Escrow
from detente.analysis.escrows import escrows
from detente.catalog import slugs
from detente.errors import Problems
from detente.graph import Grid, status_quo_of, to_graph
from detente.model import Conflict, parse_model, read_expression
from detente.model.conflict import Priorities, Statement
from detente.model.expressions import Taken
from detente.model.write import model_text
from detente.stability import stability_table
from detente.study import Question, analyze, framed_for, open_source
from tests.random_conflicts import random_option_form


def conflict_of(slug: str) -> Conflict:
    source = open_source(slug)
    framed = framed_for(source, Question())
    return source.conflict if framed is None else framed.conflict


def case_of(conflict: Conflict, start: int | None = None) -> Case | None:
    graph = to_graph(conflict)
    q = status_quo_of(conflict, graph) if start is None else start
    return None if q is None else Case(graph, stability_table(graph, VERDICT_CONCEPTS), q)


@pytest.mark.parametrize("slug", slugs())
def test_every_escrow_of_the_catalog_opens_the_model_that_is_written(slug: str, tmp_path) -> None:
    conflict = conflict_of(slug)
    case = case_of(conflict)
    found = () if case is None else escrows(conflict, case)
    for one in found:
        assert one.verdict == "open"
        file = tmp_path / "model.yaml"
        file.write_text(model_text(one.conflict), encoding="utf-8")
        findings = analyze(str(file), sim=False)
        assert findings.diagnosis is not None
        assert findings.diagnosis.verdict == "open"
        # whoever moves on the way, nobody ever stands below the status quo
        for move in findings.diagnosis.witness.path:
            for rank in findings.graph.ranks:
                assert rank[move.target] >= rank[findings.diagnosis.status_quo]
    expected = {"prisoners-dilemma": 1, "assurance": 1, "jcpoa-2021": 1}
    assert len(found) == expected.get(slug, 0)


def undone(choices: list[list[int]], escrow: Escrow) -> list[list[int]]:
    row = [list(own) for own in choices]
    for term, old in zip(escrow.terms, escrow.before, strict=True):
        row[term.dm][term.option] = old
    return row


@pytest.mark.parametrize("batch", range(4))
def test_steps_count_only_once_all_are_in_place(batch: int) -> None:
    """Against the literal meaning, for listed rankings as for priorities."""
    tried = 0
    for n in range(40):
        rng = random.Random(f"escrow {batch} {n}")
        conflict = parse_model(random_option_form(rng).text())
        if rng.random() < 0.5:
            conflict = with_priorities(rng, conflict)
        graph = to_graph(conflict)
        assert isinstance(graph, Grid)
        states = [rows(graph, s) for s in range(graph.size)]
        start, end = rng.sample(range(graph.size), 2)
        changed = [
            (Taken(i, k, new), old)
            for i, (a, b) in enumerate(zip(states[start], states[end], strict=True))
            for k, (old, new) in enumerate(zip(a, b, strict=True))
            if old != new
        ]
        escrow = Escrow(tuple(term for term, _ in changed), tuple(old for _, old in changed))
        held = replace(conflict, status_quo=tuple(map(tuple, states[start])))
        after = parse_model(model_text(escrow.apply(held)))
        bigger = to_graph(after)
        assert isinstance(bigger, Grid)
        assert bigger.size == 2 * graph.size
        assert after.dm_ids[-1] == "third_party"
        assert bigger.ranks[-1].max() == 1
        for s in range(bigger.size):
            *own, (taken,) = rows(bigger, s)
            complete = all(own[t.dm][t.option] == t.choice for t in escrow.terms)
            counts_as = own if complete or not taken else undone(own, escrow)
            # where things cannot stand so, a listed ranking has nothing to say of them
            if counts_as not in states:
                continue
            tried += taken and not complete
            for i, rank in enumerate(graph.ranks):
                for other in range(0, bigger.size, 3):
                    *theirs, (held_too,) = rows(bigger, other)
                    if held_too or theirs not in states:
                        continue
                    mine = np.sign(int(bigger.ranks[i][s]) - int(bigger.ranks[i][other]))
                    meant = int(rank[states.index(counts_as)]) - int(rank[states.index(theirs)])
                    assert mine == np.sign(meant)
    assert tried > 50


def rows(graph: Grid, state: int) -> list[list[int]]:
    return [own[0].tolist() for own in graph.space.choices(np.array([state]))]


def with_priorities(rng: random.Random, conflict: Conflict) -> Conflict:
    """Give everybody priorities in place of the listed ranking."""
    forms = ["{a}", "not ({a})", "({a}) if ({b})", "({a}) iff not ({b})", "({a}) and ({b})"]
    names = conflict.column_names
    problems = Problems()

    def statement() -> Statement:
        text = rng.choice(forms).format(a=rng.choice(names), b=rng.choice(names))
        return Statement(read_expression(conflict, text, "<test>", problems))

    dms = tuple(
        replace(dm, preference=Priorities(tuple(statement() for _ in range(4))))
        for dm in conflict.decision_makers
    )
    assert not problems.found
    return replace(conflict, decision_makers=dms)
