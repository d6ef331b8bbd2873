"""`Conflict` -> the text of a model file, as a person would have written it.

The conflict becomes a tree of texts, lists and mappings, and the tree becomes YAML. Every scalar
that a YAML reader could take for something else than text is quoted, so that the text means the
same to any of them; reading it back gives the same conflict.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import lcm

from detente.document.emit import Noted, Short, Tree, Written, bare, yaml_text
from detente.document.emit import quoted as in_quotes
from detente.model.conflict import (
    Condition,
    Conflict,
    DecisionMaker,
    Evidence,
    Given,
    Option,
    Preference,
    Priorities,
    Ranking,
    StateList,
    Statement,
    Weights,
)
from detente.model.expressions import Expression, Taken, render

__all__ = ["model_text"]

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def model_text(conflict: Conflict) -> str:
    """Write a conflict as the text of a model file.

    Parameters
    ----------
    conflict : Conflict

    Returns
    -------
    str
        Reading it with `parse_model` gives the same conflict, evidence included.

    Notes
    -----
    What the format cannot hold changes: an empty name becomes the id, an empty title the name of
    the file, half of a surrogate pair U+FFFD. Weights that have no finite decimal are multiplied
    by a common number, which changes no ranking; a comment says so.

    Examples
    --------
    >>> from detente.model.load import parse_model
    >>> print(model_text(parse_model('''
    ... title: A shared lake
    ... decision_makers: {dm: {options: {stay: No}, weights: {dm.stay: 1.50}}}
    ... ''')), end="")
    title: A shared lake
    decision_makers:
      dm:
        options:
          stay: "No"
        weights:
          stay: 1.5
    """
    top: dict[str, Tree] = {}
    if conflict.title:
        top["title"] = conflict.title
    if conflict.note is not None:
        top["note"] = conflict.note
    top["decision_makers"] = {
        dm.id: _decision_maker(conflict, i, dm) for i, dm in enumerate(conflict.decision_makers)
    }
    top |= _graph(conflict, conflict.graph) if conflict.graph else _space(conflict)
    top |= _deals(conflict)
    top |= _views(conflict)
    return yaml_text(top)


# -- the conflict as a tree ----------------------------------------------------------------------


def _space(conflict: Conflict) -> dict[str, Tree]:
    top: dict[str, Tree] = {}
    if conflict.infeasible:
        top["infeasible"] = [
            _statement("expression", _expression(conflict, item.expression), item)
            for item in conflict.infeasible
        ]
    if conflict.given or isinstance(conflict.status_quo, tuple):
        entries = [
            _statement(
                "option", f"{'' if one.taken else 'not '}{conflict.atom_name(one.atom)}", one
            )
            for one in conflict.given or _status_quo(conflict)
        ]
        bare = all(isinstance(entry, str) for entry in entries)
        top["status_quo"] = Short(entries) if bare else entries
    return top


def _graph(conflict: Conflict, graph: StateList) -> dict[str, Tree]:
    refs = [_ref(id_) for id_ in graph.ids]
    moves: dict[str, Tree] = {}
    ranking: dict[str, Tree] = {}
    for dm, arcs in zip(conflict.decision_makers, graph.moves, strict=True):
        targets: dict[str, list[str]] = {}
        for source, target in arcs:
            targets.setdefault(refs[source], []).append(refs[target])
        if targets:
            moves[dm.id] = Short({source: Short(ends) for source, ends in targets.items()})
        if isinstance(dm.preference, Ranking):
            ranking[dm.id] = _ranking(dm.preference, quoted=False)
    named = dict(zip(refs, graph.names, strict=True))
    states = Short(refs) if graph.ids == graph.names else named
    top: dict[str, Tree] = {"states": states, "moves": moves, "ranking": ranking}
    if isinstance(conflict.status_quo, int):
        state = refs[conflict.status_quo]
        rest = [_evidence(why) for atom, why in conflict.status_quo_evidence if atom is None]
        top["status_quo"] = {"state": state, **rest[0]} if rest else state
    return top


def _decision_maker(conflict: Conflict, i: int, dm: DecisionMaker) -> Tree:
    entry: dict[str, Tree] = {"name": dm.name, **_evidence(dm.evidence)}
    if conflict.graph is not None:
        return entry if len(entry) > 1 else dm.name
    if dm.name == dm.id:
        del entry["name"]
    if dm.options:
        entry["options"] = {option.id: _option(option) for option in dm.options}
    return {**entry, **_preference(conflict, i, dm.preference)}


def _preference(conflict: Conflict, i: int, preference: Preference) -> dict[str, Tree]:
    if conflict.graph is not None:
        assert isinstance(preference, Ranking)
        return {"ranking": _ranking(preference, quoted=False)}
    match preference:
        case Priorities(statements):
            return {
                "priorities": [
                    _statement("priority", _expression(conflict, item.expression, i), item)
                    for item in statements
                ]
            }
        case Weights():
            return {"weights": _weights(conflict, i, preference)}
        case Ranking():
            return {"ranking": _ranking(preference, quoted=True)}


def _option(option: Option) -> Tree:
    entry: dict[str, Tree] = {}
    if option.levels:
        plain = all(level.id == level.name for level in option.levels)
        entry["levels"] = Short(
            [level.id for level in option.levels]
            if plain
            else {level.id: level.name for level in option.levels}
        )
    if option.change != "both":
        entry["change"] = option.change
    entry |= _condition(option.when)
    entry |= _evidence(option.evidence)
    if not entry:
        return option.name
    return Short({"name": option.name, **entry} if option.name != option.id else entry)


def _weights(conflict: Conflict, i: int, weights: Weights) -> Tree:
    denominators = [weight.denominator for _, weight in weights.statements]
    finite = all(_decimals(denominator) is not None for denominator in denominators)
    common = 1 if finite else lcm(*denominators)
    entries: dict[str, Tree] = {}
    for item, weight in weights.statements:
        key = _expression(conflict, item.expression, i)
        while key in entries:  # the same expression again needs a key of its own
            key += " "
        number = Written(_decimal(weight * common))
        rest = {**_condition(item.when), **_evidence(item.evidence)}
        entries[key] = Short({"weight": number, **rest}) if rest else number
    if finite:
        return entries
    return Noted(f"multiplied by {common} to be exact decimals; this changes no ranking", entries)


def _decimals(denominator: int) -> int | None:
    """Return how many decimals a fraction with that denominator has, None where they never end."""
    places = range(denominator.bit_length())
    return next((k for k in places if 10**k % denominator == 0), None)


def _decimal(weight: Fraction) -> str:
    places = _decimals(weight.denominator)
    assert places is not None
    whole, rest = divmod(abs(weight.numerator) * 10**places // weight.denominator, 10**places)
    return "-" * (weight < 0) + str(whole) + (f".{rest:0{places}d}" if places else "")


def _ranking(ranking: Ranking, *, quoted: bool) -> Short:
    tiers: list[Tree] = []
    for tier in ranking.tiers:
        refs = [_ref(ref.text, quoted=quoted) for ref in tier]
        tiers.append(refs[0] if len(refs) == 1 else refs)
    return Short(tiers)


def _ref(text: str, *, quoted: bool = False) -> str:
    """Return a state as named: a number as it is, a pattern always in quotes."""
    if _NUMBER.fullmatch(text):
        return Written(text)
    return Written(in_quotes(text)) if quoted else text


def _status_quo(conflict: Conflict) -> list[Given]:
    """Return what is taken in the status quo, in the order of its evidence, with the evidence."""
    assert isinstance(conflict.status_quo, tuple)
    chosen = conflict.status_quo
    taken = [atom for atom in conflict.columns() if chosen[atom.dm][atom.option] == atom.choice]
    known = {atom: why for atom, why in conflict.status_quo_evidence if atom and atom in taken}
    bare = {atom: Evidence() for atom in taken if atom not in known}
    return [Given(atom, evidence=why) for atom, why in (known | bare).items()]


def _deals(conflict: Conflict) -> dict[str, Tree]:
    entries: dict[str, Tree] = {}
    for deal in conflict.deals:
        what: Tree
        if deal.expression is None:
            assert conflict.graph is not None
            refs = [_ref(conflict.graph.ids[state]) for state in deal.states]
            what = refs[0] if len(refs) == 1 else Short(refs)
        else:
            what = bare(_expression(conflict, deal.expression))
        name: dict[str, Tree] = {} if deal.name == deal.id else {"name": deal.name}
        by: dict[str, Tree] = {"by": Short(deal.by)} if deal.by else {}
        rest = {**name, **by, **_condition(deal.when), **_evidence(deal.evidence)}
        entries[deal.id] = {"deal": what, **rest} if rest else what
    return {"deals": entries} if entries else {}


def _views(conflict: Conflict) -> dict[str, Tree]:
    entries: dict[str, Tree] = {}
    for view in conflict.views:
        entry = _evidence(view.evidence)
        if view.preferences:
            entry["decision_makers"] = {
                conflict.dm_ids[dm]: _preference(conflict, dm, preference)
                for dm, preference in view.preferences
            }
        if view.unknown:
            names = [conflict.atom_name(Taken(dm, k, 1)) for dm, k in view.unknown]
            entry["unknown"] = Short(names)
        if view.infeasible:
            entry["infeasible"] = [
                _statement("expression", _expression(conflict, item.expression), item)
                for item in view.infeasible
            ]
        entries[conflict.dm_ids[view.dm]] = entry
    return {"as_seen_by": entries} if entries else {}


def _expression(conflict: Conflict, expression: Expression, dm: int | None = None) -> str:
    """Return an expression as text; `dm` is whose options need no prefix in it."""

    def name(atom: Taken) -> str:
        full = conflict.atom_name(atom)
        return full if atom.dm != dm else full.partition(".")[2]

    return render(expression, name)


def _statement(key: str, text: str, part: Statement | Given) -> Tree:
    written = bare(text)
    rest = {**_condition(part.when), **_evidence(part.evidence)}
    return {key: written, **rest} if rest else written


def _condition(when: Condition | None) -> dict[str, Tree]:
    entry: dict[str, Tree] = {}
    if when is None:
        return entry
    for key, text in (("from", when.start), ("to", when.end)):
        if text is not None:
            entry[key] = Written(in_quotes(text))
    if when.holds_when is not None:
        entry["holds_when"] = bare(when.holds_when)
    if when.viewpoint:
        entry["viewpoint"] = Short(when.viewpoint)
    return entry


def _evidence(evidence: Evidence) -> dict[str, Tree]:
    entry: dict[str, Tree] = {}
    if evidence.because:
        entry["because"] = Short(evidence.because)
    if evidence.according_to is not None:
        entry["according_to"] = evidence.according_to
    if evidence.note is not None:
        entry["note"] = evidence.note
    return entry
