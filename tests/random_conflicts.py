"""Random conflicts for the oracle: as text of a model file or as arcs, and as literal sets."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import product

from tests.oracle import Literal


@dataclass
class OptionForm:
    """A random conflict in option form, kept as plain data until it is written or enumerated."""

    options: list[list[tuple[int, str]]]  # per decision maker: (number of choices, change)
    infeasible: list[
        list[tuple[int, int, int, bool]]
    ]  # conjunctions of (dm, option, choice, holds)
    ranks: list[list[int]] = field(default_factory=list)  # per decision maker, by state

    def states(self) -> list[tuple[tuple[int, ...], ...]]:
        """Feasible states in the numbering of the field, by literal enumeration and sorting."""
        per_dm = [list(product(*(range(n) for n, _ in own))) for own in self.options]
        kept = [s for s in product(*per_dm) if not any(self._holds(c, s) for c in self.infeasible)]
        return sorted(kept, key=self._decimal)

    def _decimal(self, state: tuple[tuple[int, ...], ...]) -> int:
        bits = []
        for own, chosen in zip(self.options, state, strict=True):
            for (n, _), choice in zip(own, chosen, strict=True):
                bits += [choice] if n == 2 else [int(choice == level) for level in range(n)]
        return sum(bit << k for k, bit in enumerate(bits))

    @staticmethod
    def _holds(conjunction, state) -> bool:
        return all((state[i][k] == c) == holds for i, k, c, holds in conjunction)

    def literal(self) -> Literal:
        states = self.states()
        moves = []
        for i, own in enumerate(self.options):
            pairs = set()
            for s in states:
                for q in states:
                    if s != q and all(s[j] == q[j] for j in range(len(s)) if j != i):
                        allowed = all(
                            change == "both"
                            or (change == "take" and b >= a)
                            or (change == "drop" and b <= a)
                            for (_, change), a, b in zip(own, s[i], q[i], strict=True)
                        )
                        if allowed:
                            pairs.add((s, q))
            moves.append(pairs)
        utility = [dict(zip(states, ranks, strict=True)) for ranks in self.ranks]
        return Literal(states, moves, utility, option_form=True)

    def text(self) -> str:
        """The text of a model file, preferences as rankings by state number."""
        lines = ["title: random", "decision_makers:"]
        for i, own in enumerate(self.options):
            lines += [f"  d{i}:", "    options:"]
            for k, (n, change) in enumerate(own):
                levels = "" if n == 2 else f", levels: [{', '.join(f'l{c}' for c in range(n))}]"
                lines.append(f"      o{k}: {{name: O, change: {change}{levels}}}")
            if not own:
                lines[-1] = "    options: {}"
            lines.append(f"    ranking: {self._tiers(self.ranks[i])}")
        written = [" and ".join(map(self._atom, c)) for c in self.infeasible]
        lines.append(f"infeasible: [{', '.join(written)}]")
        return "\n".join(lines)

    def _atom(self, part) -> str:
        i, k, c, holds = part
        name = f"d{i}.o{k}"
        if self.options[i][k][0] == 2:
            return name if (c == 1) == holds else f"not {name}"
        return f"{'' if holds else 'not '}{name} is l{c}"

    @staticmethod
    def _tiers(ranks: list[int]) -> str:
        best_first = sorted(set(ranks), reverse=True)
        tiers = [[s + 1 for s, rank in enumerate(ranks) if rank == r] for r in best_first]
        return str(tiers)


def random_ranks(rng: random.Random, states: int, dms: int) -> list[list[int]]:
    """Strict rankings, rankings with some ties, and coarse ones with many."""
    coarse = rng.choice([2, 3, 5, states, 10 * states])
    return [[rng.randint(1, max(coarse, 1)) for _ in range(states)] for _ in range(dms)]


def random_option_form(rng: random.Random) -> OptionForm:
    """Two to four decision makers, 2 to about 40 feasible states."""
    while True:
        options = []
        for _ in range(rng.randint(2, 4)):
            own = []
            for _ in range(rng.choice([1, 1, 1, 2, 2, 0])):
                change = rng.choice(["both", "both", "both", "take", "drop"])
                own.append((rng.choice([2, 2, 2, 3]), change))
            options.append(own)
        infeasible = []
        atoms = [(i, k, n) for i, own in enumerate(options) for k, (n, _) in enumerate(own)]
        if not atoms:
            continue
        for _ in range(rng.choice([0, 0, 1, 2, 3])):
            chosen = rng.sample(atoms, min(len(atoms), rng.randint(1, 3)))
            infeasible.append([(i, k, rng.randrange(n), rng.random() < 0.7) for i, k, n in chosen])
        conflict = OptionForm(options, infeasible)
        states = conflict.states()
        if 2 <= len(states) <= 40:
            conflict.ranks = random_ranks(rng, len(states), len(options))
            return conflict


def random_graph(rng: random.Random) -> Literal:
    """Arbitrary arcs: not transitive, not reversible, some common moves."""
    size, dms = rng.randint(2, 9), rng.randint(2, 4)
    density = rng.choice([0.1, 0.2, 0.35])
    moves = [
        {(s, q) for s in range(size) for q in range(size) if s != q and rng.random() < density}
        for _ in range(dms)
    ]
    if rng.random() < 0.3 and moves[0]:
        moves[1] |= set(rng.sample(sorted(moves[0]), rng.randint(1, len(moves[0]))))
    ranks = random_ranks(rng, size, dms)
    return Literal(list(range(size)), moves, [dict(enumerate(r)) for r in ranks])
