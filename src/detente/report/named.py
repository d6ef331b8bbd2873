"""Why not this deal, in sentences: who refuses it and by which priority, or what would hold it."""

from __future__ import annotations

from detente.analysis import DealAnswer, Findings
from detente.analysis.named import Refusal
from detente.model.conflict import DecisionMaker, Priorities, Statement, Weights
from detente.report.words import CONCEPT_NAMES, Words, count, join, quoted

__all__ = ["deal_sentences", "deal_title", "deciding_statement", "short_of"]


def deal_title(findings: Findings, answer: DealAnswer) -> str:
    """Return what a deal is called, and who put it forward."""
    names = {dm.id: dm.name for dm in findings.conflict.decision_makers}
    by = join(names[one] for one in answer.named.by)
    return f"{answer.named.name} (put forward by {by})" if by else answer.named.name


def short_of(answer: DealAnswer) -> str:
    """Return what becomes of a deal in a few words."""
    if answer.stands:
        return "stands now"
    if answer.state is None:
        return "not possible"
    if answer.refusals:
        return "refused"
    if answer.deal is None:
        return "no gain for anybody"
    if not answer.reachable:
        return "out of reach"
    if any(holds not in ("nash", "sseq", "seq") for holds in answer.deal.holds):
        return "would not hold"
    return {
        "drift": "would hold; the status quo does not",
        "open": "would hold, safe way",
        "fear-of-countermove": "would hold; the first step is feared",
        "sequencing-problem": "would hold, no safe way",
    }.get(answer.verdict or "", "would hold")


def deal_sentences(findings: Findings, answer: DealAnswer) -> list[str]:
    """Return what becomes of a named deal and why, in sentences."""
    words = Words.of(findings)
    if answer.stands:
        return ["The status quo is such a deal.", *_better(words, answer)]
    if answer.state is None:
        return ["No feasible state is such a deal."]
    if answer.refusals:
        return _refused(findings, words, answer)
    where = words.number(answer.state)
    if answer.deal is None:
        return [f"Nobody would gain by it: to everybody {where} is as good as the status quo."]
    lines = []
    if answer.states == 1:
        lines.append(f"It is {where}; nobody would refuse it.")
    else:
        lines.append(
            f"Nobody would refuse {answer.agreed:,} of its {answer.states:,} states; "
            f"the most promising is {where}."
        )
    lines += _holds(words, answer)
    lines += _way(words, answer)
    return lines


def _better(words: Words, answer: DealAnswer) -> list[str]:
    """Return whether another such state would be agreed to, where the status quo is one."""
    if answer.deal is None:
        return []
    return [f"Another, {words.number(answer.deal.state)}, would be refused by nobody."]


def deciding_statement(dm: DecisionMaker, decides: int | None) -> Statement | None:
    """Return the statement that decides a refusal, with its evidence."""
    if decides is None:
        return None
    match dm.preference:
        case Priorities(statements):
            return statements[decides]
        case Weights(statements):
            return statements[decides][0]
        case _:
            return None


def _refused(findings: Findings, words: Words, answer: DealAnswer) -> list[str]:
    assert answer.state is not None
    lines = []
    if answer.states > 1:
        split = all(one.accepts for one in answer.refusals)
        number = f"{answer.states:,} states"
        lead = f"None of its {number} suits everybody"
        if split:
            lead = f"Everybody would agree to some of its {number}, but not to the same"
        lines.append(f"{lead}. In the nearest, {words.number(answer.state)}:")
    lines += [_refusal(findings, one) for one in answer.refusals]
    return lines


def _refusal(findings: Findings, refusal: Refusal) -> str:
    dm = findings.conflict.decision_makers[refusal.dm]
    text = f"{dm.name} prefers the status quo"
    statement = deciding_statement(dm, refusal.decides)
    if statement is None or refusal.decides is None:
        return f"{text}, by its ranking."
    expression = findings.conflict.expression_text(statement.expression)
    cited = f" [{', '.join(statement.evidence.because)}]" if statement.evidence.because else ""
    return f"{text}, by its priority {refusal.decides + 1}, {quoted(expression)}{cited}."


def _holds(words: Words, answer: DealAnswer) -> list[str]:
    assert answer.deal is not None
    if answer.leaves is None:
        return ["It would hold by itself: nobody would gain by leaving it."]
    reason = answer.leaves
    name = words.dm(reason.dm)
    if reason.breaks is not None:
        lines = [f"It would not hold: {words.reason(reason)[0]}"]
    else:
        first = reason.held[0]
        lines = [
            f"It would hold by {CONCEPT_NAMES[reason.concept]}: {name} has the most reason to "
            f"leave, and would gain {words.gain(first.improvement)}, but then "
            f"{words.sanction(first.sanction, reason.concept)}."
        ]
    for exploit in answer.deal.exploits:
        victims = words.dms(exploit.victims)
        lines.append(
            f"{words.dm(exploit.move.dm)} could leave {victims} below the status quo "
            f"{words.gain(exploit.move)}."
        )
    return lines


def _way(words: Words, answer: DealAnswer) -> list[str]:
    assert answer.deal is not None
    match answer.deal.reach:
        case "unreachable":
            return ["No sequence of moves leads there."]
        case "improvements":
            return [f"Steps that gain their movers lead there: {words.path(answer.deal.path)}."]
        case _:
            hurt = [dm for dm, drop in enumerate(answer.drops) if drop]
            if not hurt:
                return [
                    f"A way on which nobody falls below the status quo: {words.path(answer.way)}."
                ]
            falls = join(f"{words.dm(dm)} by {count(answer.drops[dm], 'rank')}" for dm in hurt)
            return [
                f"Step by step, even on the least exposed way ({count(len(answer.way), 'step')}) "
                f"somebody falls below the status quo: {falls}."
            ]
