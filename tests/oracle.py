"""The definitions, written out literally with sets and legal sequences. Slow on purpose.

Nothing here is shared with the package: states are whatever hashable things the conflict names,
moves are sets of pairs, preferences are numbers looked up in a dict.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import product

State = Hashable


@dataclass(frozen=True)
class Literal:
    """A conflict as plain sets; `strategies` splits a state per decision maker, for SIM."""

    states: list[State]
    moves: list[set[tuple[State, State]]]
    utility: list[dict[State, int]]
    option_form: bool = False

    @property
    def everyone(self) -> range:
        return range(len(self.moves))

    def reach(self, i: int, s: State) -> set[State]:
        return {q for (p, q) in self.moves[i] if p == s}

    def improvements(self, i: int, s: State) -> set[State]:
        return {q for q in self.reach(i, s) if self.utility[i][q] > self.utility[i][s]}

    def joint(self, members: set[int], s: State, improving: bool) -> set[State]:
        """R_H(s) or R_H^+(s): the induction over (state, last mover) of the definition."""
        step = self.improvements if improving else self.reach
        found: set[tuple[State, int]] = set()
        fresh = {(q, j) for j in members for q in step(j, s)}
        while fresh:
            found |= fresh
            fresh = {
                (r, j) for (q, last) in fresh for j in members if j != last for r in step(j, q)
            } - found
        return {q for q, _ in found}

    def stable(self, concept: str, i: int, s: State) -> bool:
        u = self.utility[i]
        others = set(self.everyone) - {i}
        for s1 in self.improvements(i, s):
            if concept == "nash":
                return False
            if concept == "sim":
                if not self._simultaneous_sanction(i, s, s1):
                    return False
                continue
            answers = self.joint(others, s1, improving=concept in ("seq", "sseq"))
            symmetric = concept in ("smr", "sseq")
            if not any(
                u[s2] <= u[s] and (not symmetric or all(u[s3] <= u[s] for s3 in self.reach(i, s2)))
                for s2 in answers
            ):
                return False
        return True

    def _simultaneous_sanction(self, i: int, s: State, s1: State) -> bool:
        """Whether a non-empty choice of the others' improvements from s, made together, holds."""
        choices = []
        for j in self.everyone:
            if j == i:
                choices.append([s1[j]])
            else:
                choices.append([s[j], *(q[j] for q in self.improvements(j, s))])
        feasible = set(self.states)
        for together in product(*choices):
            someone = any(together[j] != s[j] for j in self.everyone if j != i)
            if someone and together in feasible and self.utility[i][together] <= self.utility[i][s]:
                return True
        return False

    def table(self, concept: str) -> list[list[bool]]:
        return [[self.stable(concept, i, s) for s in self.states] for i in self.everyone]

    def zone(self, q: State, consenting: set[int] | None = None) -> set[State]:
        """States that nobody of the consenting likes less than q and somebody likes more."""
        members = set(self.everyone) if consenting is None else consenting
        return {
            s
            for s in self.states
            if s != q
            and all(self.utility[i][s] >= self.utility[i][q] for i in members)
            and any(self.utility[i][s] > self.utility[i][q] for i in members)
        }
