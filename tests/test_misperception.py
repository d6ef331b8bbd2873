"""First-level hypergames against literal sets: where all stay, what surprises, who is misled."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from detente.analysis import Findings, Hypergame, Made
from detente.graph import Grid
from detente.model import parse_model
from detente.study import Source, analyze
from tests.oracle import Literal, State
from tests.random_conflicts import random_graph, random_ranks
from tests.random_expressions import (
    Seen,
    Written,
    atoms_of,
    random_expression,
    random_wants,
    random_written,
)
from tests.test_deals import graph_text, tiers
from tests.test_diagnosis import literal_verdict

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")

#: the games as literal sets, how a state of the model or of game i looks in game j
Place = Callable[[int | None, int, State], State]


def with_views(rng: random.Random, model: Written) -> Written:
    """Give some of the decision makers views in which the status quo stays possible."""
    atoms = atoms_of(model)
    for i in range(len(model.options)):
        while rng.random() < 0.7:
            view = Seen()
            for j in range(len(model.options)):
                if rng.random() < 0.4:
                    view.wants[j] = random_wants(rng, atoms, rng.random() < 0.3)
            view.unknown = {(j, k) for j, k, n in atoms if n == 2 and rng.random() < 0.2}
            if rng.random() < 0.4:
                view.infeasible = [random_expression(rng, atoms, 2)]
            model.views[i] = view
            game = model.seen_by(i)
            if game.put(model.status_quo) in game.states() and len(view.unknown) < len(atoms):
                break
            del model.views[i]
    return model


def asked(text: str) -> Findings:
    return analyze(Source(parse_model(text), Made("random", "", "")), sim=False, also=["views"])


def check_equilibria(hyper: Hypergame, true: Literal, games: list[Literal], place: Place) -> int:
    """E^c: every decision maker finds the state in its own game and is stable there."""
    assert set(hyper.equilibria) == set(CONCEPTS)
    other = 0
    for concept in CONCEPTS:
        expected = []
        for s in true.states:
            placed = [place(None, i, s) for i in true.everyone]
            expected.append(
                all(
                    placed[i] in game.states and game.stable(concept, i, placed[i])
                    for i, game in enumerate(games)
                )
            )
        assert hyper.equilibria[concept].tolist() == expected
        other += expected != [
            all(true.stable(concept, i, s) for i in true.everyone) for s in true.states
        ]
    return other


def check_surprises(hyper: Hypergame, games: list[Literal], starts: list[State], place: Place):
    expected = set()
    for i, mine in enumerate(games):
        q = starts[i]
        for t in mine.improvements(i, q):
            answers = mine.joint(set(mine.everyone) - {i}, t, improving=True)
            made = not any(mine.utility[i][s] <= mine.utility[i][q] for s in answers)
            for j, theirs in enumerate(games):
                if i == j:
                    continue
                there, end = place(i, j, q), place(i, j, t)
                if there not in theirs.states or end not in theirs.reach(i, there):
                    expected.add((i, q, t, j, "impossible", made))
                elif theirs.utility[i][end] <= theirs.utility[i][there]:
                    expected.add((i, q, t, j, "unexpected", made))
    found = [
        (
            one.move.dm,
            games[one.move.dm].states[one.move.source],
            games[one.move.dm].states[one.move.target],
            one.by,
            one.kind,
            one.made,
        )
        for one in hyper.surprises
    ]
    assert len(set(found)) == len(found)
    assert set(found) == expected
    # those that would be made come first
    assert [one.made for one in hyper.surprises] == sorted((f[-1] for f in found), reverse=True)
    return {(kind, made) for *_, kind, made in found}


def check_verdict(
    found: Findings, true: Literal, q: State, games: list[Literal], starts: list[State]
) -> str:
    """Misperception where the model is open and the game of somebody is not."""
    assert found.diagnosis is not None
    for concept in CONCEPTS:
        verdict = literal_verdict(true, q, concept)
        seen = [literal_verdict(g, s, concept) for g, s in zip(games, starts, strict=True)]
        if verdict == "open" and set(seen) != {"open"}:
            verdict = "misperception"
        assert found.diagnosis.by_concept[concept] == verdict
        if concept == "seq":
            assert found.diagnosis.verdict == verdict
            misled = tuple((i, one) for i, one in enumerate(seen) if one != "open")
            is_it = verdict == "misperception"
            assert found.diagnosis.witness.misled == (misled if is_it else ())
    return found.diagnosis.verdict


@pytest.mark.parametrize("batch", range(6))
def test_games_over_options_come_to_what_the_definitions_say(batch: int) -> None:
    other, kinds, verdicts = 0, set(), set()
    for n in range(40):
        rng = random.Random(f"views {batch} {n}")
        model = with_views(rng, random_written(rng, most=24))
        if not model.views:
            continue
        seen = [model.seen_by(i) for i in range(len(model.options))]
        true, games = model.literal(), [game.literal() for game in seen]

        def place(i: int | None, j: int, s: State, seen: list[Written] = seen) -> State:
            # what i knows and j does not makes no difference to j; what only j knows stands as
            # in its status quo
            dead = frozenset() if i is None else seen[i].dead
            start = seen[j].status_quo
            return seen[j].put(
                tuple(
                    tuple(start[a][k] if (a, k) in dead else c for k, c in enumerate(own))
                    for a, own in enumerate(s)
                )
            )

        found = asked(model.text())
        assert found.hypergame is not None
        for game, literal in zip(found.hypergame.games, games, strict=True):
            assert isinstance(game.graph, Grid)
            assert [r.tolist() for r in game.graph.ranks] == [
                [u[s] for s in literal.states] for u in literal.utility
            ]
        starts = [game.put(model.status_quo) for game in seen]
        other += check_equilibria(found.hypergame, true, games, place)
        kinds |= check_surprises(found.hypergame, games, starts, place)
        verdicts.add(check_verdict(found, true, model.status_quo, games, starts))
    # the random views make a difference
    assert other > 10
    assert {("impossible", True), ("unexpected", True)} <= kinds
    assert {"drift", "misperception"} <= verdicts


@pytest.mark.parametrize("batch", range(4))
def test_games_with_other_rankings_of_a_graph_come_to_what_the_definitions_say(batch: int) -> None:
    other, kinds, verdicts = 0, set(), set()
    for n in range(40):
        rng = random.Random(f"graph views {batch} {n}")
        true = random_graph(rng)
        games, lines = [], ["as_seen_by:"]
        for i in true.everyone:
            utility = list(true.utility)
            lines += [f"  d{i}:", "    decision_makers:"]
            for j in true.everyone:
                if rng.random() < 0.6:
                    ranks = random_ranks(rng, len(true.states), 1)[0]
                    utility[j] = dict(enumerate(ranks))
                    lines.append(f"      d{j}: {{ranking: {tiers(utility[j])}}}")
            if lines[-1].endswith("decision_makers:"):
                lines[-2:] = [] if i else lines[-2:-1]
                if not i:
                    lines[-1] = "  d0: {}"
            games.append(Literal(true.states, true.moves, utility))
        q = rng.choice(true.states)
        found = asked(graph_text(true, q, {}, "\n".join(lines)))
        assert found.hypergame is not None
        starts = [q] * len(games)
        other += check_equilibria(found.hypergame, true, games, lambda _i, _j, s: s)
        kinds |= check_surprises(found.hypergame, games, starts, lambda _i, _j, s: s)
        verdicts.add(check_verdict(found, true, q, games, starts))
    assert other > 10
    # nobody can be wrong about moves where only rankings are believed otherwise
    assert kinds == {("unexpected", True), ("unexpected", False)}
    assert {"drift", "misperception"} <= verdicts


# -- small cases -----------------------------------------------------------------------------------

SHIPS = """
decision_makers:
  east: {options: {sail: Sail, mine: Lay mines}, priorities: [mine, not west.sail]}
  west: {options: {sail: Sail}, priorities: [not east.mine, sail]}
status_quo: []
"""


def test_an_option_that_the_other_does_not_know_of_is_a_move_that_is_impossible_to_it() -> None:
    found = asked(SHIPS + "as_seen_by: {west: {unknown: [east.mine]}}\n")
    assert found.hypergame is not None
    game = found.hypergame.games[1]
    assert game.conflict.column_names == ("east.sail", "west.sail")
    told = {(s.move.dm, s.by, s.kind, s.made) for s in found.hypergame.surprises}
    assert (0, 1, "impossible", True) in told
    # east gains by laying mines with and without sailing; west's own gain is no surprise to east
    assert {s.move.dm for s in found.hypergame.surprises} == {0}
    assert len(found.hypergame.surprises) == 2


def test_without_views_all_play_the_game_of_the_model() -> None:
    found = asked(SHIPS)
    assert found.hypergame is not None
    assert {id(game.graph) for game in found.hypergame.games} == {id(found.graph)}
    assert found.hypergame.surprises == ()
    for concept, mask in found.hypergame.equilibria.items():
        assert mask.tolist() == found.table.equilibria(concept).tolist()


def test_a_view_that_holds_the_status_quo_for_impossible_is_told() -> None:
    text = SHIPS + "as_seen_by: {west: {infeasible: [not east.sail]}}\n"
    found = asked(text)
    assert found.hypergame is not None
    seen = [game.diagnosis is not None for game in found.hypergame.games]
    west = found.conflict.dm_ids.index("west")
    assert seen == [dm != west for dm in range(len(seen))]


def test_started_elsewhere_everybody_starts_there() -> None:
    text = SHIPS + "as_seen_by: {west: {infeasible: [east.sail and west.sail]}}\n"
    source = Source(parse_model(text), Made("ships", "", ""))
    found = analyze(source, status_quo="NNY", also=["views"])
    assert found.hypergame is not None
    starts = [game.diagnosis and game.diagnosis.status_quo for game in found.hypergame.games]
    assert found.diagnosis is not None
    assert starts[0] == found.diagnosis.status_quo
    west = found.hypergame.games[1]
    assert isinstance(west.graph, Grid)
    assert starts[1] == west.graph.space.matching("NNY")[0]
    # in a state that west holds for impossible it has no diagnosis
    found = analyze(source, status_quo="YNY", also=["views"])
    assert found.hypergame is not None
    assert found.hypergame.games[1].diagnosis is None
