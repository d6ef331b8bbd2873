"""Changes of a model and the smallest that open it, against sets of changes listed one by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, permutations, product

import numpy as np
import pytest

from detente.analysis import diagnose
from detente.analysis.altered import Altered
from detente.analysis.changes import (
    Guarantee,
    Lift,
    ModelChange,
    OneWay,
    Reorder,
    apply_all,
    changes_of,
    structural_changes,
)
from detente.analysis.orders import count_orders, orders, part_sizes
from detente.analysis.unlocking import Searched, Unlocking, unlock
from detente.catalog import slugs
from detente.errors import DetenteError
from detente.graph import Grid, status_quo_of, to_graph
from detente.graph.paths import steps_from
from detente.model import Conflict, parse_model
from detente.model.conflict import Priorities
from detente.model.expressions import Taken
from detente.model.write import model_text
from detente.stability import stability_table
from detente.study import analyze
from tests.oracle import Literal, State
from tests.random_conflicts import OptionForm, random_graph
from tests.test_diagnosis import safe_reach

# -- a second reading of what a change is, on plain data -------------------------------------------

Key = tuple[object, ...]  # a change, as plain data
Made = list[tuple[Key, ...]]  # sets of changes
Parts = list[tuple[int, int, int, bool]]  # a conjunction of (dm, option, choice, holds)


@dataclass
class Small:
    """A conflict as plain data: options and what is infeasible as in `OptionForm`.

    What a decision maker orders is a list of conjunctions, or a list of tiers of states.
    """

    options: list[list[tuple[int, str]]]
    infeasible: list[Parts]
    ordered: list[list[Parts]] | list[list[list[State]]]
    listed: bool
    start: tuple[tuple[int, ...], ...]
    held: list[Parts] = field(default_factory=list)  # what each option of a third party holds

    def form(self) -> OptionForm:
        options, infeasible = list(self.options), list(self.infeasible)
        if self.held:
            third = len(options)
            options.append([(2, "take")] * len(self.held))
            for k, ((i, option, choice, holds),) in enumerate(self.held):
                infeasible.append([(third, k, 1, True), (i, option, choice, not holds)])
        return OptionForm(options, infeasible)

    def literal(self) -> Literal:
        form = self.form()
        states = form.states()
        form.ranks = []
        for own in self.ordered:
            worth = [self.worth(own, state) for state in states]
            form.ranks.append([sorted(set(worth)).index(one) for one in worth])
        if self.held:
            form.ranks.append([0] * len(states))
        return form.literal()

    def worth(self, own, state) -> object:
        if self.listed:
            base = state[: len(self.options)]
            return next(-k for k, tier in enumerate(own) if base in tier)
        return tuple(all((state[i][k] == c) == h for i, k, c, h in one) for one in own)

    def q(self) -> State:
        return (*self.start, (0,) * len(self.held)) if self.held else self.start

    def text(self) -> str:
        form = OptionForm(self.options, self.infeasible)
        lines = ["title: small", "decision_makers:"]
        states = form.states()
        for i, own in enumerate(self.options):
            lines += [f"  d{i}:", "    options:"]
            for k, (n, change) in enumerate(own):
                levels = "" if n == 2 else f", levels: [{', '.join(f'l{c}' for c in range(n))}]"
                lines.append(f"      o{k}: {{name: O{i}{k}, change: {change}{levels}}}")
            if self.listed:
                tiers = [[states.index(state) + 1 for state in tier] for tier in self.ordered[i]]
                lines.append(f"    ranking: {tiers}")
            else:
                written = [f'"{self.conjunction(form, one)}"' for one in self.ordered[i]]
                lines.append(f"    priorities: [{', '.join(written)}]")
        written = [self.conjunction(form, one) for one in self.infeasible]
        lines.append(f"infeasible: [{', '.join(written)}]")
        return "\n".join(lines)

    @staticmethod
    def conjunction(form: OptionForm, parts: Parts) -> str:
        return " and ".join(form._atom(part) for part in parts)

    def sets(self, cost: int) -> Made:
        """Every set of changes of a cost."""
        structural: list[Key] = []
        for i, own in enumerate(self.options):
            for k, (n, change) in enumerate(own):
                if change == "both":
                    structural += [("one-way", i, k, "take"), ("one-way", i, k, "drop")]
                for c in range(n):
                    by_itself = {"take": n - 1, "drop": 0}.get(change)
                    if c != by_itself:
                        structural.append(("hold", i, k, *((c, True) if n > 2 else (1, c == 1))))
        if not self.listed:
            structural += [("lift", k) for k in range(len(self.infeasible))]
        found: Made = []
        for number in range(min(cost, len(structural)) + 1):
            reordered = list(reorders(self.ordered, self.listed, cost - number))
            for some in combinations(structural, number):
                ways = [key[1:3] for key in some if key[0] == "one-way"]
                if len(set(ways)) == len(ways):
                    found += [(*one, *some) for one in reordered]
        return found

    def changed(self, keys: tuple[Key, ...]) -> Small:
        other = replace(
            self,
            options=[list(own) for own in self.options],
            ordered=list(self.ordered),
            held=[],
        )
        gone = {key[1] for key in keys if key[0] == "lift"}
        other.infeasible = [one for k, one in enumerate(self.infeasible) if k not in gone]
        for kind, *rest in keys:
            if kind == "order":
                dm, order = rest
                other.ordered[dm] = [self.ordered[dm][k] for k in order]
            elif kind == "one-way":
                dm, option, change = rest
                other.options[dm][option] = (other.options[dm][option][0], change)
            elif kind == "hold":
                other.held.append([tuple(rest)])
        return other


def reorders(ordered: list, listed: bool, cost: int) -> Iterator[tuple[Key, ...]]:
    """Every way to reorder the lists of all decision makers at a total Kendall distance."""
    choices: list[list[tuple[int, Key | None]]] = []
    for dm, own in enumerate(ordered):
        mine: list[tuple[int, Key | None]] = []
        for order in permutations(range(len(own))):
            far = sum(
                len(own[a]) * len(own[b]) if listed else 1
                for a, b in combinations(order, 2)
                if a > b
            )
            if far <= cost:
                mine.append((far, ("order", dm, order) if far else None))
        choices.append(mine)
    for chosen in product(*choices):
        if sum(far for far, _ in chosen) == cost:
            yield tuple(key for _, key in chosen if key is not None)


def is_open(literal: Literal, q: State, wanted: Callable[[State], bool]) -> bool:
    """The verdict "open" under SEQ, from the definitions."""

    def equilibrium(s: State) -> bool:
        return all(literal.stable("seq", i, s) for i in literal.everyone)

    deals = {s for s in literal.zone(q) if wanted(s)}
    if not deals or not equilibrium(q):
        return False
    everyone = set(literal.everyone)
    holding = {s for s in deals & literal.joint(everyone, q, False) if equilibrium(s)}
    if not holding or holding & literal.joint(everyone, q, True):
        return False
    return bool(holding & safe_reach(literal, q))


def key_of(change: ModelChange) -> Key:
    match change:
        case Reorder():
            return ("order", change.dm, change.order)
        case OneWay():
            return ("one-way", change.dm, change.option, change.change)
        case Guarantee():
            return ("hold", *change.atom, change.holds)
        case Lift():
            return ("lift", change.index)


def any_deal(s: State) -> bool:
    return True


def first_taken(s: State) -> bool:
    return s[0][0] == 1  # type: ignore[index]


def found_by(unlocking: Unlocking) -> set[frozenset[Key]]:
    return {frozenset(map(key_of, one.changes)) for one in unlocking.solutions}  # type: ignore[arg-type]


def compare(
    found: Unlocking, most: int, by_listing: Callable[[int], tuple[set, int]]
) -> int | None:
    """Hold a search against sets listed one by one, up to a cost; return the smallest cost."""
    for cost in range(most + 1):
        expected, number = by_listing(cost)
        if number:
            assert Searched(cost, number, number) in found.searched
        if expected:
            assert found.exact
            assert found.complete
            assert {one.cost for one in found.solutions} == {cost}
            assert len(found.solutions) == len(expected)
            assert found_by(found) == expected
            return cost
    assert not found.solutions or found.solutions[0].cost > most
    return None


def random_parts(rng: random.Random, atoms: list[tuple[int, int, int]], most: int) -> Parts:
    chosen = rng.sample(atoms, min(len(atoms), rng.randint(1, most)))
    return [(i, k, rng.randrange(n) if n > 2 else 1, rng.random() < 0.6) for i, k, n in chosen]


def random_small(rng: random.Random, listed: bool) -> Small:
    while True:
        options = [
            [
                (rng.choice([2, 2, 2, 3]), rng.choice(["both", "both", "take", "drop"]))
                for _ in range(rng.choice([1, 1, 2]))
            ]
            for _ in range(rng.choice([2, 2, 3]))
        ]
        atoms = [(i, k, n) for i, own in enumerate(options) for k, (n, _) in enumerate(own)]
        infeasible = [random_parts(rng, atoms, 2) for _ in range(rng.choice([0, 1, 1, 2]))]
        states = OptionForm(options, infeasible).states()
        if not 4 <= len(states) <= (7 if listed else 14):
            continue
        ordered: list = []
        for _ in options:
            if listed:
                mixed = rng.sample(states, len(states))
                cuts = sorted(rng.sample(range(1, len(states)), rng.randint(2, len(states) - 1)))
                ordered.append([mixed[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)])
            else:
                ordered.append([random_parts(rng, atoms, 2) for _ in range(rng.randint(1, 4))])
        return Small(options, infeasible, ordered, listed, rng.choice(states))


@pytest.mark.parametrize("listed", [False, True])
def test_all_smallest_sets_and_none_smaller_are_found_as_by_listing(listed: bool) -> None:
    costs = []
    # twenty as they come, and some that few changes open
    few = {False: (31, 36, 41, 65, 75, 83, 95, 110), True: (25, 73, 84, 85, 88, 107, 118, 126)}
    for number in (*range(20), *few[listed]):
        rng = random.Random(f"unlock {listed} {number}")
        small = random_small(rng, listed)
        wanted, target = any_deal, None
        if number % 3 == 0:
            wanted, target = first_taken, Taken(0, 0, 1)
        conflict = parse_model(small.text())
        start = small.form().states().index(small.start)
        found = unlock(conflict, start, target=target, budget=500)

        def by_listing(cost: int, small: Small = small, wanted=wanted) -> tuple[set, int]:
            sets = small.sets(cost)
            opened = set()
            for keys in sets:
                other = small.changed(keys)
                if is_open(other.literal(), other.q(), wanted):
                    opened.add(frozenset(keys))
            return opened, len(sets)

        costs.append(compare(found, 2, by_listing))
    # the comparison says something only where there is something to find
    assert {0, 1, 2, None} <= set(costs), costs
    assert sum(cost in (1, 2) for cost in costs) >= 7, costs


def test_all_smallest_sets_are_found_in_conflicts_given_as_graphs() -> None:
    costs = []
    # some as they come, and some that few changes open
    few = (187, 220, 317, 469, 733, 794, 845, 924, 931, 953, 973, 980, 1002, 1320, 1773)
    for number in (*range(40), 115, 121, *few):
        rng = random.Random(f"unlock graph {number}")
        literal = random_graph(rng)
        if len(literal.states) > 6 or len(literal.moves) > 3:
            continue
        tiers = []
        for utility in literal.utility:
            worths = sorted(set(utility.values()), reverse=True)
            tiers.append([[s for s in literal.states if utility[s] == w] for w in worths])
        moves = {
            f"d{i}": {s: [t for r, t in sorted(pairs) if r == s] for s, _ in pairs}
            for i, pairs in enumerate(literal.moves)
            if pairs
        }
        names = [f"d{i}" for i in literal.everyone]
        text = (
            f"decision_makers: {names and dict.fromkeys(names, 'N')}\nstates: {literal.states}\n"
            f"moves: {moves}\nranking: {dict(zip(names, tiers, strict=True))}\n"
        )
        conflict = parse_model(text.replace("'", ""))
        q = rng.choice(literal.states)
        among = set(rng.sample(literal.states, 3 if len(literal.states) > 3 else 2))
        target = among if number % 3 == 0 else None
        wanted = (lambda s, among=among: s in among) if target else any_deal

        def by_listing(cost: int, literal: Literal = literal, tiers=tiers, q=q, wanted=wanted):
            sets = list(reorders(tiers, True, cost))
            opened = set()
            for keys in sets:
                utility = list(literal.utility)
                for _, dm, order in keys:
                    utility[dm] = {s: -at for at, k in enumerate(order) for s in tiers[dm][k]}
                if is_open(Literal(literal.states, literal.moves, utility), q, wanted):
                    opened.add(frozenset(keys))
            return opened, len(sets)

        costs.append(compare(unlock(conflict, q, target=target, budget=500), 3, by_listing))
    assert {0, None} <= set(costs)
    assert sum(cost in (1, 2, 3) for cost in costs) >= 10, costs


# -- what is returned ----------------------------------------------------------------------------


def assert_as_promised(found: Unlocking) -> None:
    """Every changed model, written and read, has the verdict and the deal that were promised."""
    for one in found.solutions:
        assert one.cost == sum(change.cost for change in one.changes)
        again = parse_model(model_text(one.conflict))
        assert again == one.conflict
        graph = to_graph(again)
        q = status_quo_of(again, graph)
        assert q is not None
        diagnosis = diagnose(graph, stability_table(graph), q)
        assert diagnosis.verdict == one.verdict == "open"
        if found.target is None:
            assert diagnosis.witness.path[-1].target == one.state


@pytest.mark.parametrize("slug", slugs())
def test_what_opens_a_catalog_conflict_opens_it_written_and_read_again(slug: str) -> None:
    findings = analyze(slug)
    if findings.diagnosis is None:
        return
    conflict = findings.conflict
    budget = {"cuban-missile-crisis": 300, "elmira": 300, "jcpoa-2021": 500}.get(slug)
    found = unlock(conflict, budget=budget)
    assert_as_promised(found)
    assert unlock(conflict, budget=budget) == found if budget else True
    assert all(level.tried <= level.all for level in found.searched)
    if slug in ("prisoners-dilemma", "assurance"):
        assert [one.cost for one in found.solutions] == [6] * len(found.solutions)
        assert found.exact
        assert found.complete
    if slug == "syria-iraq-1975":
        # no order, no guarantee and nothing made possible opens it: all sets there are were tried
        assert not found.solutions
        assert found.complete
    if slug == "jcpoa-2021":
        most = max(level.cost for level in found.searched if level.tried == level.all)
        assert not found.solutions
        assert most >= 8


@pytest.mark.parametrize(
    ("slug", "states"), [("milk-river", range(36)), ("jcpoa-2021", (339, 2698))]
)
def test_what_opens_other_states_opens_them_written_and_read_again(
    slug: str, states: Iterable[int]
) -> None:
    conflict = analyze(slug).conflict
    opened = 0
    for state in states:
        found = unlock(conflict, state, budget=60)
        opened += bool(found.solutions and found.solutions[0].changes)
        assert_as_promised(found)
    assert opened or slug == "jcpoa-2021"


def test_a_verdict_that_is_open_needs_no_change() -> None:
    for number in range(200):
        rng = random.Random(f"open {number}")
        small = random_small(rng, listed=False)
        if is_open(small.literal(), small.start, any_deal):
            conflict = parse_model(small.text())
            found = unlock(conflict, small.form().states().index(small.start))
            assert [one.changes for one in found.solutions] == [()]
            assert found.searched == (Searched(0, 1, 1),)
            assert found.exact
            assert_as_promised(found)
            return
    raise AssertionError("no random conflict was open")


def test_without_a_status_quo_there_is_nothing_to_unlock() -> None:
    with pytest.raises(DetenteError, match="no-status-quo"):
        unlock(analyze("milk-river").conflict)


def test_a_budget_that_is_spent_is_told() -> None:
    found = unlock(analyze("chicken").conflict, budget=20)
    assert not found.solutions
    last = found.searched[-1]
    assert last.tried < last.all
    assert not found.exact
    assert not found.complete


# -- changes -------------------------------------------------------------------------------------


def random_models(count: int) -> Iterator[tuple[Conflict, random.Random]]:
    for number in range(count):
        rng = random.Random(f"changes {number}")
        small = random_small(rng, listed=number % 2 == 1)
        text = small.text()
        if number % 4 == 0:  # the same with weights
            head, _, rest = text.partition("    priorities: [")
            written, _, rest = rest.partition("]\n")
            weighted = [
                f"{one}: {k + 1}" for k, one in enumerate(dict.fromkeys(written.split(", ")))
            ]
            text = f"{head}    weights: {{{', '.join(weighted)}}}\n{rest}"
        conflict = parse_model(text)
        yield replace(conflict, status_quo=small.start), rng


def test_every_change_gives_a_model_that_can_be_written_and_analysed() -> None:
    for conflict, rng in random_models(40):
        graph = to_graph(conflict)
        every = changes_of(conflict, graph)
        assert len(set(every)) == len(every)
        for change in every:
            changed = change.apply(conflict)
            assert changed != conflict or isinstance(change, Reorder)
            assert parse_model(model_text(changed)) == replace(changed, title=conflict.title)
            assert status_quo_of(changed, to_graph(changed)) is not None
        lifts = [change for change in every if isinstance(change, Lift)]
        some = [one for one in every if isinstance(one, Guarantee)]
        chosen = [*rng.sample(lifts, min(2, len(lifts))), *rng.sample(some, min(2, len(some)))]
        changed = apply_all(conflict, chosen)
        assert len(changed.decision_makers) == len(conflict.decision_makers) + bool(some)
        assert apply_all(conflict, reversed(chosen[: len(lifts)])) == apply_all(
            conflict, chosen[: len(lifts)]
        )
        assert status_quo_of(changed, to_graph(changed)) is not None


def test_a_third_party_holds_what_stands_and_changes_no_preference() -> None:
    for conflict, rng in random_models(30):
        graph = to_graph(conflict)
        held = [c for c in structural_changes(conflict) if isinstance(c, Guarantee)]
        if not held:
            continue
        change = rng.choice(held)
        wide = to_graph(change.apply(conflict))
        assert isinstance(graph, Grid)
        assert isinstance(wide, Grid)
        dms = len(conflict.decision_makers)
        choices = wide.space.choices(np.arange(wide.size))
        old = list(zip(*(c.tolist() for c in choices[:dms]), strict=True))
        known = {
            row: k
            for k, row in enumerate(
                tuple(map(tuple, row))
                for row in zip(
                    *(c.tolist() for c in graph.space.choices(np.arange(graph.size))), strict=True
                )
            )
        }
        base = np.array([known[tuple(map(tuple, row))] for row in old])
        for dm in range(dms):
            np.testing.assert_array_equal(wide.ranks[dm], graph.ranks[dm][base])
        assert wide.ranks[dms].max() == 1
        locked = choices[dms][:, 0] == 1
        stands = choices[change.atom.dm][:, change.atom.option] == change.atom.choice
        assert (stands[locked] == change.holds).all()
        for dm in range(dms + 1):
            sources, targets = wide.arcs(dm, np.arange(wide.size), "moves")
            assert not (locked[sources] & ~locked[targets]).any()


def test_a_third_party_takes_a_name_that_is_free_and_is_the_same_for_all_guarantees() -> None:
    conflict = parse_model(
        "decision_makers:\n"
        "  third_party: {options: {o: O}, priorities: [o]}\n"
        "  b: {options: {p: P, n: {levels: [x, y]}}, priorities: []}\n"
        "status_quo: [b.n is x]\n"
    )
    changes = [Guarantee(Taken(1, 0, 1)), Guarantee(Taken(1, 0, 1), holds=False)]
    changed = apply_all(conflict, [*changes, Guarantee(Taken(1, 1, 1))])
    assert changed.dm_ids == ("third_party", "b", "third_party_2")
    assert [option.id for option in changed.decision_makers[-1].options] == [
        "holds_b_p",
        "holds_no_b_p",
        "holds_b_n_y",
    ]
    assert structural_changes(changed) == structural_changes(conflict)


def test_changes_that_make_no_sense_are_not_offered() -> None:
    conflict = parse_model(
        "decision_makers:\n"
        "  a:\n"
        "    options: {t: {change: take}, d: {change: drop}, b: B}\n"
        "    ranking: ['NNN', '---']\n".replace("'---'", "['YNN', '-Y-', '-NY']")
        + "  c: {options: {}, weights: {a.t: 1}}\n"
        "infeasible: [a.t and a.d]\n"
    )
    graph = to_graph(conflict)
    assert set(changes_of(conflict, graph)) == {
        Reorder(0, (1, 0), graph.size - 1),
        OneWay(0, 2, "take"),
        OneWay(0, 2, "drop"),
        Guarantee(Taken(0, 0, 1), holds=False),
        Guarantee(Taken(0, 1, 1)),
        Guarantee(Taken(0, 2, 1)),
        Guarantee(Taken(0, 2, 1), holds=False),
    }
    with pytest.raises(ValueError, match="weights have no order"):
        Reorder(1, (), 0).apply(conflict)


# -- orders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(1,) * 5, (2, 2, 2), (1, 3, 1, 2), (4,), ()])
def test_orders_are_all_permutations_by_their_distance(sizes: tuple[int, ...]) -> None:
    by_distance: dict[int, set[tuple[int, ...]]] = {}
    for order in permutations(range(len(sizes))):
        far = sum(sizes[a] * sizes[b] for a, b in combinations(order, 2) if a > b)
        by_distance.setdefault(far, set()).add(order)
    for distance in range(max(by_distance) + 3):
        found = list(orders(sizes, distance))
        assert len(found) == len(set(found)) == count_orders(sizes, distance)
        assert set(found) == by_distance.get(distance, set())


def test_another_order_has_the_ranks_of_the_model_with_that_order() -> None:
    for conflict, rng in random_models(40):
        model = Altered(conflict, None)
        for dm, sizes in enumerate(part_sizes(conflict, model.graph, dm) for dm in model.graph.dms):
            order = tuple(rng.sample(range(len(sizes)), len(sizes)))
            if not order:
                continue
            reorder = Reorder(dm, order, 0)
            expected = to_graph(reorder.apply(conflict)).ranks[dm]
            np.testing.assert_array_equal(model.ranks(reorder, dm), expected)


def test_more_priorities_than_a_machine_number_has_bits_are_ordered_exactly() -> None:
    text = ", ".join(["a.x", "not b.y", "b.y and a.x"] * 30)
    conflict = parse_model(
        f"decision_makers:\n  a: {{options: {{x: X}}, priorities: [{text}]}}\n"
        "  b: {options: {y: Y}, priorities: []}\nstatus_quo: []\n"
    )
    assert isinstance(conflict.decision_makers[0].preference, Priorities)
    rng = random.Random(3)
    model = Altered(conflict, None)
    for _ in range(10):
        reorder = Reorder(0, tuple(rng.sample(range(90), 90)), 0)
        expected = to_graph(reorder.apply(conflict)).ranks[0]
        np.testing.assert_array_equal(model.ranks(reorder, 0), expected)


def test_ways_through_some_states_are_those_of_the_steps() -> None:
    for number in range(60):
        rng = random.Random(f"reaches {number}")
        conflict = parse_model(random_small(rng, listed=False).text())
        graph = to_graph(conflict)
        q = rng.randrange(graph.size)
        assert isinstance(graph, Grid)
        chosen = tuple(tuple(row[0].tolist()) for row in graph.space.choices(np.array([q])))
        model = Altered(replace(conflict, status_quo=chosen), None)
        through = np.array([rng.random() < 0.6 or s == q for s in range(graph.size)])
        possible = steps_from(graph, graph.dms, q, "moves", within=through).possible
        for end in range(graph.size):
            ends = np.arange(graph.size) == end
            if end != q:
                assert model.reaches(ends, through) == possible[end]
