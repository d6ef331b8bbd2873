"""Random conflicts with statements: as the text of a model file, and as literal sets.

An expression is a nested tuple: ``("atom", dm, option, choice)``, ``("not", e)``, ``("and", e, f)``
and so on. An option that is not there stands at -1, so that no atom about it holds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle import Literal

Expr = tuple[Any, ...]
State = tuple[tuple[int, ...], ...]


def holds(e: Expr, s: State) -> bool:
    match e:
        case ("atom", i, k, c):
            return s[i][k] == c
        case ("not", a):
            return not holds(a, s)
        case ("and", a, b):
            return holds(a, s) and holds(b, s)
        case ("or", a, b):
            return holds(a, s) or holds(b, s)
        case ("if", a, b):
            return holds(a, s) or not holds(b, s)
        case ("iff", a, b):
            return holds(a, s) == holds(b, s)
    raise AssertionError(e)


@dataclass
class Seen:
    """A view: replaced statements, options not known, what is impossible besides."""

    wants: dict[int, list[tuple[Expr, int]]] = field(default_factory=dict)
    unknown: set[tuple[int, int]] = field(default_factory=set)
    infeasible: list[Expr] = field(default_factory=list)


@dataclass
class Written:
    """A conflict in option form; `wants` are (statement, weight), weight 0 for a priority."""

    options: list[list[tuple[int, str]]]
    wants: list[list[tuple[Expr, int]]]
    infeasible: list[Expr]
    status_quo: State
    deals: dict[str, Expr] = field(default_factory=dict)
    views: dict[int, Seen] = field(default_factory=dict)
    when: dict[tuple[int, int], str] = field(default_factory=dict)  # option -> YAML of a condition
    dead: frozenset[tuple[int, int]] = frozenset()

    # -- as literal sets ---------------------------------------------------------------------------

    def put(self, state: State) -> State:
        """The same state without the dead options."""
        return tuple(
            tuple(-1 if (i, k) in self.dead else c for k, c in enumerate(own))
            for i, own in enumerate(state)
        )

    def _decimal(self, state: State) -> int:
        bits: list[int] = []
        for i, (own, chosen) in enumerate(zip(self.options, state, strict=True)):
            for k, ((n, _), choice) in enumerate(zip(own, chosen, strict=True)):
                if (i, k) not in self.dead:
                    bits += [choice] if n == 2 else [int(choice == level) for level in range(n)]
        return sum(bit << k for k, bit in enumerate(bits))

    def states(self) -> list[State]:
        per_dm = [
            list(product(*((-1,) if (i, k) in self.dead else range(n)
                           for k, (n, _) in enumerate(own))))
            for i, own in enumerate(self.options)
        ]  # fmt: skip
        kept = [s for s in product(*per_dm) if not any(holds(e, s) for e in self.infeasible)]
        return sorted(kept, key=self._decimal)

    def literal(self) -> Literal:
        states = self.states()
        moves = []
        for i, own in enumerate(self.options):
            pairs = set()
            for s in states:
                for q in states:
                    if s != q and all(s[j] == q[j] for j in range(len(s)) if j != i):
                        steps = zip(own, s[i], q[i], strict=True)
                        if all(
                            a == b or change == "both" or (change == "take") == (b > a)
                            for (_, change), a, b in steps
                        ):
                            pairs.add((s, q))
            moves.append(pairs)
        return Literal(states, moves, [self.utility(own, states) for own in self.wants], True)

    def utility(self, wants: list[tuple[Expr, int]], states: list[State]) -> dict[State, int]:
        """The rank of each state, 1 for the worst."""
        score: dict[State, Any] = {}
        for s in states:
            if wants and wants[0][1]:
                score[s] = sum((Fraction(w) for e, w in wants if holds(e, s)), Fraction(0))
            else:
                score[s] = tuple(holds(e, s) for e, _ in wants)
        order = sorted(set(score.values()))
        return {s: order.index(score[s]) + 1 for s in states}

    def seen_by(self, i: int) -> Written:
        """The game that a decision maker believes to be in."""
        view = self.views.get(i, Seen())
        return Written(
            self.options,
            [view.wants.get(j, own) for j, own in enumerate(self.wants)],
            [*self.infeasible, *view.infeasible],
            self.status_quo,
            self.deals,
            dead=self.dead | view.unknown,
        )

    # -- as text -----------------------------------------------------------------------------------

    def write(self, e: Expr) -> str:
        match e:
            case ("atom", i, k, c):
                if self.options[i][k][0] > 2:
                    return f"d{i}.o{k} is l{c}"
                return f"d{i}.o{k}" if c else f"not d{i}.o{k}"
            case ("not", a):
                return f"not ({self.write(a)})"
            case (word, a, b):
                return f"({self.write(a)}) {word} ({self.write(b)})"
        raise AssertionError(e)

    def text(self) -> str:
        lines = ["title: random", "decision_makers:"]
        for i, own in enumerate(self.options):
            lines += [f"  d{i}:", "    options:" if own else "    options: {}"]
            for k, (n, change) in enumerate(own):
                levels = "" if n == 2 else f", levels: [{', '.join(f'l{c}' for c in range(n))}]"
                when = f", {self.when[i, k]}" if (i, k) in self.when else ""
                lines.append(f"      o{k}: {{name: O, change: {change}{levels}{when}}}")
            lines += self._wants(self.wants[i], "    ")
        lines += self._infeasible(self.infeasible, "")
        lines.append("status_quo:" if any(self.options) else "status_quo: []")
        for i, own in enumerate(self.options):
            for k, (n, _) in enumerate(own):
                c = self.status_quo[i][k]
                word = "" if n > 2 or c else "not "
                lines.append(f"  - {word}d{i}.o{k}{f' is l{c}' if n > 2 else ''}")
        if self.deals:
            lines.append("deals:")
            lines += [f"  {id_}: {self.write(e)}" for id_, e in self.deals.items()]
        if self.views:
            lines.append("as_seen_by:")
        for i, view in self.views.items():
            lines.append(f"  d{i}:")
            lines.append("    decision_makers:" if view.wants else "    decision_makers: {}")
            for j, wants in view.wants.items():
                lines += [f"      d{j}:", *self._wants(wants, "        ")]
            names = ", ".join(f"d{j}.o{k}" for j, k in sorted(view.unknown))
            lines.append(f"    unknown: [{names}]")
            lines += self._infeasible(view.infeasible, "    ")
        return "\n".join(lines)

    def _wants(self, wants: list[tuple[Expr, int]], margin: str) -> list[str]:
        if wants and wants[0][1]:
            # the same statement twice needs two keys
            terms = [f'{margin}  "{self.write(e)}{" " * n}": {w}'
                     for n, (e, w) in enumerate(wants)]  # fmt: skip
            return [f"{margin}weights:", *terms]
        terms = [f"{margin}  - {self.write(e)}" for e, _ in wants]
        return [f"{margin}priorities:", *terms] if wants else [f"{margin}priorities: []"]

    def _infeasible(self, some: list[Expr], margin: str) -> list[str]:
        terms = [f"{margin}  - {self.write(e)}" for e in some]
        return [f"{margin}infeasible:", *terms] if terms else []


def random_expression(rng: random.Random, atoms: list[tuple[int, int, int]], depth: int) -> Expr:
    if depth == 0 or rng.random() < 0.3:
        i, k, n = rng.choice(atoms)
        # "not taken" is written as such, so that a dead option has no other choice to stand at
        return ("atom", i, k, 1) if n == 2 else ("atom", i, k, rng.randrange(n))
    word = rng.choice(["not", "and", "and", "or", "or", "if", "iff"])
    parts = 1 if word == "not" else 2
    return (word, *(random_expression(rng, atoms, depth - 1) for _ in range(parts)))


def random_wants(
    rng: random.Random, atoms: list[tuple[int, int, int]], weighted: bool
) -> list[tuple[Expr, int]]:
    some = [random_expression(rng, atoms, rng.choice([0, 1, 2])) for _ in range(rng.randint(1, 4))]
    return [(e, rng.choice([-3, -2, -1, 1, 2, 3]) if weighted else 0) for e in some]


def random_written(rng: random.Random, *, most: int = 32) -> Written:
    """Two or three decision makers, 2 to `most` feasible states, the status quo one of them."""
    while True:
        options = [
            [
                (rng.choice([2, 2, 2, 3]), rng.choice(["both", "both", "both", "take", "drop"]))
                for _ in range(rng.choice([1, 1, 2, 0]))
            ]
            for _ in range(rng.randint(2, 3))
        ]
        atoms = [(i, k, n) for i, own in enumerate(options) for k, (n, _) in enumerate(own)]
        if not atoms:
            continue
        wants = [random_wants(rng, atoms, rng.random() < 0.3) for _ in options]
        infeasible = [random_expression(rng, atoms, 2) for _ in range(rng.choice([0, 0, 1, 2]))]
        found = Written(options, wants, infeasible, ())
        states = found.states()
        if 2 <= len(states) <= most:
            found.status_quo = rng.choice(states)
            found.deals = {
                f"x{k}": random_expression(rng, atoms, rng.choice([0, 1, 2])) for k in range(3)
            }
            return found


def atoms_of(model: Written) -> list[tuple[int, int, int]]:
    return [(i, k, n) for i, own in enumerate(model.options) for k, (n, _) in enumerate(own)]
