"""The game as each side sees it, in sentences: where it differs from the model and what follows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detente.analysis import Findings, Game, Hypergame
from detente.model.conflict import Conflict, Priorities, Ranking, Statement, statements_of
from detente.report.sentences.phrases import CONCEPT_NAMES, VERDICT_NAMES, count, join, quoted
from detente.report.sentences.sections import Section, Told
from detente.report.sentences.words import Words

__all__ = ["differences", "game_sentences", "games_section", "hypergame_sentences"]

#: how many surprises, and how many differences in one list of priorities, are told one by one
_MOST = 4


def games_section(findings: Findings) -> Section:
    """Return the game as each side sees it.

    States have other numbers in other games, so nothing here is marked.
    """
    hyper = findings.hypergame
    assert hyper is not None
    told = [
        Told("", tuple(game_sentences(findings, dm, game))) for dm, game in enumerate(hyper.games)
    ]
    told.append(Told("", tuple(hypergame_sentences(findings, hyper))))
    return Section("views", "As each side sees it", tuple(told))


def differences(model: Conflict, seen: Conflict) -> list[str]:
    """Return in what the game of one side differs from the model, in clauses."""
    return [*_status_quo(model, seen), *_options(model, seen), *_preferences(model, seen),
            *_infeasible(model, seen)]  # fmt: skip


def _status_quo(model: Conflict, seen: Conflict) -> Iterator[str]:
    if not (isinstance(model.status_quo, tuple) and isinstance(seen.status_quo, tuple)):
        return
    theirs = {
        (dm.id, option.id): seen.status_quo[i][k]
        for i, dm in enumerate(seen.decision_makers)
        for k, option in enumerate(dm.options)
    }
    for i, dm in enumerate(model.decision_makers):
        for k, option in enumerate(dm.options):
            here, there = model.status_quo[i][k], theirs.get((dm.id, option.id))
            if there is None or there == here:
                continue
            if option.levels:
                how = f"stands at {quoted(option.levels[there].name)}"
            else:
                how = "is taken" if there else "is not taken"
            yield f"in the status quo {dm.name}'s {quoted(option.name)} {how}"


def _options(model: Conflict, seen: Conflict) -> Iterator[str]:
    mine = {(dm.id, option.id) for dm in model.decision_makers for option in dm.options}
    theirs = {(dm.id, option.id) for dm in seen.decision_makers for option in dm.options}
    for conflict, only, what in ((model, mine - theirs, "no"), (seen, theirs - mine, "also")):
        for dm in conflict.decision_makers:
            for option in dm.options:
                if (dm.id, option.id) in only:
                    yield f"{dm.name} has {what} option {quoted(option.name)}"


def _preferences(model: Conflict, seen: Conflict) -> Iterator[str]:
    for mine, theirs in zip(model.decision_makers, seen.decision_makers, strict=True):
        if isinstance(mine.preference, Ranking) or isinstance(theirs.preference, Ranking):
            if mine.preference != theirs.preference:
                yield f"{mine.name} ranks the states otherwise"
            continue
        here = _texts(model, statements_of(mine.preference))
        there = _texts(seen, statements_of(theirs.preference))
        if here == there:
            if mine.preference != theirs.preference and not isinstance(mine.preference, Priorities):
                yield f"{mine.name} weighs the same things otherwise"
            continue
        more = [text for text in there if text not in here]
        fewer = [text for text in here if text not in there]
        if not more and not fewer:
            yield f"{mine.name} cares about the same things in another order"
        for texts, verb in ((more, "also cares about"), (fewer, "does not care about")):
            if texts:
                shown = join([*map(quoted, texts[:_MOST]), *_rest(texts)])
                yield f"{mine.name} {verb} {shown}"


def _infeasible(model: Conflict, seen: Conflict) -> Iterator[str]:
    here, there = _texts(model, model.infeasible), _texts(seen, seen.infeasible)
    for text in there:
        if text not in here:
            yield f"{quoted(text)} is impossible"
    for text in here:
        if text not in there:
            yield f"{quoted(text)} is possible"


def _texts(conflict: Conflict, statements: tuple[Statement, ...]) -> list[str]:
    return [conflict.expression_text(one.expression) for one in statements]


def _rest(texts: list[str]) -> list[str]:
    return [f"{len(texts) - _MOST} more"] if len(texts) > _MOST else []


def game_sentences(findings: Findings, dm: int, game: Game) -> list[str]:
    """Return how one side sees the game, and what the verdict is there."""
    name = findings.conflict.decision_makers[dm].name
    found = differences(findings.conflict, game.conflict)
    if not found:
        return [f"{name} sees the game as the model has it."]
    lines = [f"As {name} sees it, {join(found)}."]
    if game.diagnosis is None:
        return [*lines, "In that game the status quo is no feasible state."]
    words = Words(game.conflict, game.graph)
    verdict = VERDICT_NAMES[game.diagnosis.verdict]
    deals = count(len(game.diagnosis.zone), "deal")
    return [*lines, f"In that game: {words.verdict(game.diagnosis)} [{verdict}; {deals}]"]


def hypergame_sentences(findings: Findings, hyper: Hypergame) -> list[str]:
    """Return what the games come to together: where all stay, and who would be surprised."""
    counts = [
        f"{CONCEPT_NAMES[concept]} {int(mask.sum()):,}"
        for concept, mask in hyper.equilibria.items()
    ]
    lines = [f"States that all would keep, each by its own game: {', '.join(counts)}."]
    gone = [
        CONCEPT_NAMES[concept]
        for concept, mask in hyper.equilibria.items()
        if bool(np.any(mask != findings.table.equilibria(concept)))
    ]
    if not gone:
        lines.append("They are the equilibria of the model.")
    for surprise in hyper.surprises[:_MOST]:
        game = hyper.games[surprise.move.dm]
        words = Words(game.conflict, game.graph)
        by = findings.conflict.decision_makers[surprise.by].name
        kind = "not possible" if surprise.kind == "impossible" else "no gain for it"
        would = "would" if surprise.made else "could, but for the answer it expects,"
        lines.append(
            f"{words.dm(surprise.move.dm)} {would} gain {words.gain(surprise.move)}; "
            f"as {by} sees it, that is {kind}."
        )
    left = len(hyper.surprises) - _MOST
    if left > 0:
        lines.append(f"… and {count(left, 'more such move')}.")
    return lines
