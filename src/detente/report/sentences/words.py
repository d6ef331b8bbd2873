"""Sentences: states, moves, reasons and verdicts in words. The one place where they are made."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis import Diagnosis, Findings
from detente.analysis.zone import CoalitionDeal
from detente.graph.graph import Graph
from detente.graph.grid import Grid
from detente.graph.paths import Move
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.expressions import Expression, Taken, render
from detente.report.sentences.links import Links, upper_first
from detente.report.sentences.phrases import CONCEPT_NAMES, VERDICT_NAMES, count, join, quoted
from detente.stability import Reason, Sanction

__all__ = ["Words"]

#: why an improvement goes unanswered
_NO_ANSWER = {
    "nash": "",
    "gmr": ", and no answer of {others} undoes the gain",
    "smr": ", and no answer of {others} undoes the gain for good",
    "seq": ", and no credible answer of {others} undoes the gain",
    "sseq": ", and no credible answer of {others} undoes the gain for good",
    "sim": ", and nothing done at the same time by {others} undoes the gain",
}

_FINITE = ("sets", "takes", "gives up")
_GERUND = ("setting", "taking", "giving up")


class Words:
    """The words for one conflict.

    Parameters
    ----------
    conflict : Conflict
    graph : Graph
    links : Links, optional
        What marks where a sentence speaks of a state or an entry; by default nothing does.
    """

    def __init__(self, conflict: Conflict, graph: Graph, links: Links | None = None) -> None:
        self.conflict = conflict
        self.graph = graph
        self.links = links or Links()

    @classmethod
    def of(cls, findings: Findings, links: Links | None = None) -> Words:
        """Return the words for a result."""
        return cls(findings.conflict, findings.graph, links)

    # -- names -----------------------------------------------------------------------------------

    def dm(self, index: int) -> str:
        """Return the name of a decision maker."""
        return self.conflict.decision_makers[index].name

    def dms(self, indices: Sequence[int]) -> str:
        """Return names, or ``everybody``."""
        if len(indices) == len(self.conflict.decision_makers) > 1:
            return "everybody"
        return join(self.dm(i) for i in indices)

    def choices(self, state: int) -> tuple[tuple[int, ...], ...]:
        """Return how every option stands in a state, by decision maker."""
        assert isinstance(self.graph, Grid)
        return self.graph.space.choices_at(state)

    def wish(self, expression: Expression) -> str:
        """Return an expression with the names of options in place of their ids."""
        return render(expression, self._named)

    def _named(self, atom: Taken) -> str:
        option = self.conflict.option(atom)
        alike = [
            other
            for dm in self.conflict.decision_makers
            for other in dm.options
            if other.name == option.name
        ]
        whose = f"{self.dm(atom.dm)}: " if len(alike) > 1 else ""
        name = quoted(f"{whose}{option.name}")
        return f"{name} at {quoted(option.levels[atom.choice].name)}" if option.levels else name

    # -- states ----------------------------------------------------------------------------------

    def state(self, state: int) -> str:
        """Return everything that is taken in a state, or its name where states are listed."""
        if self.conflict.graph is not None:
            return self.conflict.graph.names[state]
        parts = []
        for dm, chosen in zip(self.conflict.decision_makers, self.choices(state), strict=True):
            taken = [
                f"{option.name}: {option.levels[choice].name}" if option.levels else option.name
                for option, choice in zip(dm.options, chosen, strict=True)
                if option.levels or choice
            ]
            if taken:
                parts.append(f"{dm.name}: {', '.join(taken)}")
        return "; ".join(parts) or "no option taken"

    def change(self, source: int, target: int) -> str:
        """Return what differs between two states, as what decision makers do."""
        if self.conflict.graph is not None:
            return self.conflict.graph.names[target]
        deeds = self._deeds(source, target, _FINITE)
        return "; ".join(f"{dm.name} {deed}" for dm, deed in deeds) or "nothing changes"

    def _deeds(
        self, source: int, target: int, verbs: tuple[str, str, str]
    ) -> list[tuple[DecisionMaker, str]]:
        """Return what each decision maker does between two states, with those verbs."""
        sets, takes, gives_up = verbs
        found = []
        before, after = self.choices(source), self.choices(target)
        for dm, old, new in zip(self.conflict.decision_makers, before, after, strict=True):
            deeds: list[str] = []
            taken: list[str] = []
            dropped: list[str] = []
            for option, was, now in zip(dm.options, old, new, strict=True):
                if was == now:
                    continue
                if option.levels:
                    level = quoted(option.levels[now].name)
                    deeds.append(f"{sets} {quoted(option.name)} to {level}")
                else:
                    (taken if now else dropped).append(quoted(option.name))
            if taken:
                deeds.append(f"{takes} {join(taken)}")
            if dropped:
                deeds.append(f"{gives_up} {join(dropped)}")
            if deeds:
                found.append((dm, join(deeds)))
        return found

    def label(self, state: int) -> str:
        """Return the number of a state, or its id in a conflict given as a graph."""
        return self.links.state(state, self._label(state))

    def number(self, state: int) -> str:
        """Return ``state 5``."""
        return self.links.state(state, f"state {self._label(state)}")

    def _label(self, state: int) -> str:
        return str(state + 1) if self.conflict.graph is None else self.conflict.graph.ids[state]

    # -- moves and reasons -----------------------------------------------------------------------

    def move(self, move: Move) -> str:
        """Return one move as a clause."""
        if self.conflict.graph is not None:
            name = self.conflict.graph.names[move.target]
            return f"{self.dm(move.dm)} moves to {quoted(name)} ({self.number(move.target)})"
        return f"{self.change(move.source, move.target)} ({self.number(move.target)})"

    def gain(self, move: Move) -> str:
        """Return one move as what its mover would gain by: ``by taking “X” (state 4)``."""
        if self.conflict.graph is not None:
            name = self.conflict.graph.names[move.target]
            return f"by moving to {quoted(name)} ({self.number(move.target)})"
        (_, deed), *_ = self._deeds(move.source, move.target, _GERUND)
        return f"by {deed} ({self.number(move.target)})"

    def path(self, moves: Sequence[Move]) -> str:
        """Return a sequence of moves."""
        return ", then ".join(self.move(move) for move in moves)

    def sanction(self, sanction: Sanction, concept: str) -> str:
        """Return the sanction that holds an improvement."""
        if concept == "sim":
            together = join(self.change(m.source, m.target) for m in sanction.moves)
            return f"{together} ({self.number(sanction.state)})"
        text = self.path(sanction.moves)
        if sanction.reply is not None:
            text += f"; its best reply, to {self.number(sanction.reply.target)}, does not help"
        return text

    def reason(self, reason: Reason) -> list[str]:
        """Return why a state is stable or not for one decision maker, in sentences."""
        name = self.dm(reason.dm)
        if reason.breaks is not None:
            gain = f"{name} would gain {self.gain(reason.breaks)}"
            others = self.graph.others(reason.dm)
            whose = self.dm(others[0]) if len(others) == 1 else "the others"
            return [f"{gain}{_NO_ANSWER[reason.concept].format(others=whose)}."]
        if not reason.held:
            return [f"{name} has no move that betters its position."]
        return [
            f"{name} would gain {self.gain(held.improvement)}, but "
            f"{'not if at the same time' if reason.concept == 'sim' else 'then'} "
            f"{self.sanction(held.sanction, reason.concept)}."
            for held in reason.held
        ]

    # -- the diagnosis ---------------------------------------------------------------------------

    def verdict(self, diagnosis: Diagnosis) -> str:
        """Return the verdict in one sentence."""
        witness = diagnosis.witness
        match diagnosis.verdict:
            case "drift":
                assert witness.reason is not None
                return (
                    f"This is no deadlock: {self.dm(witness.reason.dm)} gains by leaving the "
                    "status quo, and no credible answer holds it back."
                )
            case "no-bargaining-space":
                if witness.unreachable:
                    return (
                        "There are deals nobody would refuse, but no sequence of moves leads there."
                    )
                if witness.blocking is not None and not witness.blocking.sets:
                    return (
                        "There is no bargaining space: no state is better for anybody than the "
                        "status quo."
                    )
                return (
                    "There is no bargaining space: everything that is better for somebody than "
                    "the status quo is worse for somebody else."
                )
            case "commitment-problem":
                return (
                    "There is room for agreement, but no deal within reach would hold: somebody "
                    "would gain by breaking it, and no credible answer deters that."
                )
            case "fear-of-countermove":
                assert witness.reason is not None
                return (
                    "A deal would hold and steps that gain lead to it, but "
                    f"{self.dm(witness.reason.dm)} does not take the first for fear of the answer."
                )
            case "sequencing-problem":
                return (
                    "A deal is there and would hold, but no safe way leads to it: step by step, "
                    "somebody first falls below the status quo."
                )
            case "misperception":
                return (
                    "A deal would hold and a safe way leads to it, but not in the game that "
                    f"{self.dms([dm for dm, _ in witness.misled])} would see."
                )
            case "open":
                return (
                    "Nothing in the structure stands in the way: a deal would hold, and a way "
                    "leads to it on which nobody falls below the status quo."
                )

    def witness(self, diagnosis: Diagnosis) -> list[str]:
        """Return what proves the verdict, in sentences."""
        witness = diagnosis.witness
        lines = []
        if witness.unreachable:
            return [
                f"{upper_first(self.number(state))} would be agreed to: {self.state(state)}."
                for state in witness.unreachable[:3]
            ]
        if witness.blocking is not None:
            for dm, states in witness.blocking.alone.items():
                lines.append(
                    f"Without the consent of {self.dm(dm)} the others would agree to "
                    f"{count(states, 'state')}."
                )
            if not witness.blocking.alone and witness.blocking.sets:
                sets = join((self.dms(members) for members in witness.blocking.sets), "or")
                lines.append(f"Something could be agreed only without {sets}.")
            if not witness.blocking.sets:
                lines.append("Everybody ranks the status quo as high as any state.")
            lines += [self.coalition_deal(deal) for deal in witness.coalitions]
            return lines
        for dm, verdict in witness.misled:
            lines.append(f"As {self.dm(dm)} sees it: {VERDICT_NAMES[verdict]}.")
        lines += self._way(diagnosis)
        if witness.reason is not None:
            lines += self.reason(witness.reason)
        for exploit in witness.exploits:
            lines.append(
                f"{self.dm(exploit.move.dm)} could leave {self.dms(exploit.victims)} below the "
                f"status quo {self.gain(exploit.move)}."
            )
        if witness.leads_to:
            many = len(witness.leads_to) > 6
            shown = join([*map(self.label, witness.leads_to[:6]), *(["others"] if many else [])])
            kind = "equilibrium" if len(witness.leads_to) == 1 else "equilibria"
            lines.append(
                f"Steps that gain their movers lead from the status quo to SEQ {kind} {shown}."
            )
        return lines

    def _way(self, diagnosis: Diagnosis) -> list[str]:
        """Return the way to the best deal, and who stands below the status quo on it."""
        witness = diagnosis.witness
        if not witness.path:
            return []
        lines = []
        lead = "A way"
        if diagnosis.verdict == "commitment-problem":
            lead = "The best deal is made so"
        elif diagnosis.verdict == "sequencing-problem":
            lead = "Step by step, the least exposed way"
            if len(witness.together) > 1:
                end = self.number(witness.path[-1].target)
                who = self.dms(witness.together)
                lines.append(f"{upper_first(who)} could make it together: {end}.")
        lines.append(f"{lead}: {self.path(witness.path)}.")
        if witness.exposed:
            everybody = len(witness.exposed) == len(self.conflict.decision_makers) > 1
            falls = join(
                f"{self.dm(dm)} by {count(witness.drops[dm], 'rank')}" for dm in witness.exposed
            )
            who = "everybody" if everybody else "somebody"
            lines.append(f"On that way {who} at times falls below the status quo: {falls}.")
            spared = [dm for dm in witness.exposed if dm not in witness.always_exposed]
            if diagnosis.verdict == "sequencing-problem" and spared:
                names = join((self.dm(dm) for dm in spared), "or")
                lines.append(f"Another way spares {names}, but no way spares everybody.")
        return lines

    def coalition_deal(self, deal: CoalitionDeal) -> str:
        """Return what some could agree without the rest, and who would pay."""
        text = f"{self.dms(deal.members)} could bring about {self.number(deal.state)} by themselves"
        if not deal.hurt:
            return f"{text}."
        verb = "pays" if len(deal.hurt) == 1 else "pay"
        return f"{text}; {self.dms(deal.hurt)} {verb} for it."

    def status_quo(self, diagnosis: Diagnosis) -> str:
        """Return under which concepts the status quo holds, in one sentence."""
        everyone = len(self.conflict.decision_makers)
        holds = [c for c, dms in diagnosis.stable_for.items() if len(dms) == everyone]
        fails = [c for c in diagnosis.stable_for if c not in holds]
        text = (
            f"an equilibrium under {join(CONCEPT_NAMES[c] for c in holds)}"
            if holds
            else "not an equilibrium under any concept"
        )
        if holds and fails:
            text += f", not under {join(CONCEPT_NAMES[c] for c in fails)}"
        return text
