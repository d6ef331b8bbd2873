"""What an older program's file means, straight from its tree, and random files of that kind."""

from __future__ import annotations

import random
from itertools import product
from typing import Any


class Literally:
    """The feasible states of a file in their order, and the payoffs its statements give them."""

    def __init__(self, tree: dict[str, Any]) -> None:
        order = [index for dm in tree["decisionMakers"] for index in dm["options"]]
        combinations = [
            dict(zip(order, reversed(taken), strict=True))
            for taken in product("NY", repeat=len(order))
        ]
        self.states = [s for s in combinations if not any(holds(c, s) for c in tree["infeasibles"])]
        self.patterns = ["".join(state[index] for index in order) for state in self.states]
        self.payoffs = [
            [
                sum(2 ** (len(p) - i) * holds(one, s) for i, one in enumerate(p, start=1))
                for s in self.states
            ]
            for p in (dm["preferences"] for dm in tree["decisionMakers"])
        ]

    def ranks(self) -> list[list[int]]:
        return [[sorted(set(row)).index(payoff) + 1 for payoff in row] for row in self.payoffs]

    def rankings(self) -> list[list[list[int]]]:
        best_first = [sorted(set(row), reverse=True) for row in self.payoffs]
        return [
            [[n for n, payoff in enumerate(row, start=1) if payoff == tier] for tier in tiers]
            for row, tiers in zip(self.payoffs, best_first, strict=True)
        ]


def holds(statement: Any, state: dict[int, str]) -> bool:
    if isinstance(statement, dict):
        return any(holds(member, state) for member in statement["members"])
    return all(state[index] == letter for index, letter in statement)


def random_file(rng: random.Random) -> dict[str, Any]:
    """A valid file: options in any order, simple and compound statements, some states feasible."""
    count = rng.randint(2, 6)
    order = rng.sample(range(count), count)
    cut = rng.randint(1, count - 1)

    def conjunction(size: int) -> list[list[Any]]:
        return [[k, rng.choice("YN")] for k in rng.sample(range(count), min(size, count))]

    def statement() -> Any:
        kind = rng.choice(["simple", "two", "any"])
        if kind == "simple":
            return conjunction(rng.randint(1, 3))
        if kind == "two":
            x, y = rng.sample(range(count), 2)
            every = [[[x, a], [y, b]] for a in "YN" for b in "YN"]
            return {"compound": True, "members": rng.sample(every, rng.randint(1, 4))}
        members = [conjunction(rng.randint(0, 3)) for _ in range(rng.randint(0, 3))]
        return {"compound": True, "members": members}

    return {
        "useManualPreferenceRanking": False,
        "options": [
            {"name": rng.choice("AB"), "permittedDirection": rng.choice(["both", "fwd", "back"])}
            for _ in range(count)
        ],
        "decisionMakers": [
            {
                "name": rng.choice("XY"),
                "options": own,
                "preferences": [statement() for _ in range(rng.randint(0, 5))],
            }
            for own in (order[:cut], order[cut:])
        ],
        "infeasibles": [conjunction(rng.randint(2, 3)) for _ in range(rng.randint(0, 2))],
    }
