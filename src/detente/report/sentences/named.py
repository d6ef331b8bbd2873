"""Why not this deal, in sentences: who refuses it and by which priority, or what would hold it."""

from __future__ import annotations

from detente.analysis import DealAnswer, Findings
from detente.analysis.named import Refusal
from detente.model.conflict import DecisionMaker, Priorities, Statement, Weights
from detente.report.sentences.phrases import CONCEPT_NAMES, count, decimal, join, quoted
from detente.report.sentences.sections import Section, Told
from detente.report.sentences.words import Words

__all__ = ["deal_sentences", "deal_title", "deals_section", "deciding_statement", "short_of"]


def deals_section(words: Words, findings: Findings, *, details: bool = False) -> Section:
    """Return what becomes of every named deal: who refuses it, or in full what would hold it."""
    told = []
    shown: dict[int, str] = {}
    for one in findings.answers:
        lines = deal_sentences(words, one)
        if not details:
            lines = lines if one.refusals else lines[:1]
        elif one.deal is not None and one.deal.state in shown:
            # of a deal that comes to the same state everything has been said
            lines = [lines[0], f"There it is the same as with {quoted(shown[one.deal.state])}."]
        elif one.deal is not None:
            shown[one.deal.state] = one.named.name
        told.append(Told(f"{deal_title(words, one)}: {short_of(one)}", tuple(lines)))
    return Section("named-deals", "Deals argued about", tuple(told))


def deal_title(words: Words, answer: DealAnswer) -> str:
    """Return what a deal is called, and who put it forward."""
    by = join(words.dm(words.conflict.dm_ids.index(one)) for one in answer.named.by)
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


def deal_sentences(words: Words, answer: DealAnswer) -> list[str]:
    """Return what becomes of a named deal and why, in sentences."""
    if answer.stands:
        return ["The status quo is such a deal.", *_better(words, answer)]
    if answer.state is None:
        return ["No feasible state is such a deal."]
    if answer.refusals:
        return _refused(words, answer)
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


def _refused(words: Words, answer: DealAnswer) -> list[str]:
    assert answer.state is not None
    lines = []
    if answer.states > 1:
        split = all(one.accepts for one in answer.refusals)
        number = f"{answer.states:,} states"
        lead = f"None of its {number} suits everybody"
        if split:
            lead = f"Everybody would agree to some of its {number}, but not to the same"
        where = words.number(answer.state)
        lines.append(f"{lead}. In {where}, which the fewest refuse:")
    lines += [_refusal(words, one) for one in answer.refusals]
    return lines


def _refusal(words: Words, refusal: Refusal) -> str:
    dm = words.conflict.decision_makers[refusal.dm]
    text = f"{dm.name} prefers the status quo"
    statement = deciding_statement(dm, refusal.decides)
    if statement is None or refusal.decides is None:
        return f"{text}, by its ranking."
    told = quoted(words.conflict.expression_text(statement.expression))
    cited = words.links.cited(statement.evidence.because)
    if isinstance(dm.preference, Weights):
        weight = decimal(dm.preference.statements[refusal.decides][1])
        most = f"{told} weighs most with it (weight {weight})"
        return f"{text}; of what tells the two apart, {most}{cited}."
    return f"{text}, by its priority {refusal.decides + 1}, {told}{cited}."


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
        concept = CONCEPT_NAMES[reason.concept]
        lead = f"It would hold by {concept}: {name} has the most reason to leave, and"
        then = "but then"
        if reason.concept in ("gmr", "smr"):
            # the answer that deters may cost the one who gives it, so nobody can count on it
            lead = f"It would not hold by SEQ, only by {concept}: {name}"
            then = "and only an answer that need not better those who give it undoes the gain:"
        lines = [
            f"{lead} would gain {words.gain(first.improvement)}, {then} "
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
