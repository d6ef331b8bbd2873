"""Which rankings would make a state stable, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.inverse import Rankings
from detente.report.sentences.links import upper_first
from detente.report.sentences.phrases import CONCEPT_NAMES, count, join
from detente.report.sentences.sections import Section, Told
from detente.report.sentences.words import Words

__all__ = ["ranking_sentence", "rankings_section"]

#: how many conditions, and how many states of each, are told
_CONDITIONS, _STATES = 3, 8
#: up to how many rankings in all their number is spelled out
_SPELLED_OUT = 10**9


def rankings_section(words: Words, state: int, found: Sequence[Rankings]) -> Section:
    """Return for everybody and every concept which rankings make a state stable."""
    told = tuple(
        Told(words.dm(dm), tuple(ranking_sentence(words, one) for one in found if one.dm == dm))
        for dm in words.graph.dms
    )
    title = f"{upper_first(words.number(state))}: {words.state(state)}"
    return Section("rankings", title, told)


def ranking_sentence(words: Words, found: Rankings) -> str:
    """Return under how many rankings a state is stable for somebody, and under which."""
    name = CONCEPT_NAMES[found.concept]
    if not found.count:
        return f"{name}: stable under no ranking."
    if found.count == found.total:
        return f"{name}: stable under every ranking."
    share = f"{found.count / found.total:.1%}"
    number = f"{share} of all rankings"
    if found.total < _SPELLED_OUT:
        number = f"{found.count:,} of {found.total:,} rankings ({share})"
    lines = [f"{name}: stable under {number}, those that put below it {_below(words, found)}"]
    if found.lift:
        others = "the others stay then" if found.others_stay else "not everybody else would stay"
        lines.append(f"raised by {count(found.lift, 'rank')} it is stable; {others}")
    elif found.lift == 0:
        lines.append("the present one is among them")
    return f"{'; '.join(lines)}."


def _below(words: Words, found: Rankings) -> str:
    told = []
    for one in found.conditions[:_CONDITIONS]:
        states = sorted(one)
        shown = [*map(words.label, states[:_STATES]), *(["…"] if len(states) > _STATES else [])]
        told.append(shown[0] if len(shown) == 1 else f"{{{', '.join(shown)}}}")
    if len(found.conditions) > _CONDITIONS:
        told.append("another such set")
    return join(told, "or")
