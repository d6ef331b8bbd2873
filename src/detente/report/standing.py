"""How things stood, and a timeline, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.record import Record, Standing
from detente.record.accounts import AccountView
from detente.record.actors import Actor
from detente.record.entries import Question
from detente.record.said import Open
from detente.record.standing import CommitmentStanding
from detente.record.timeline import Item
from detente.report.words import count, join

__all__ = ["standing_screen", "timeline_screen"]

_STYLES = {
    "in-force": "bold", "exceeded": "bold", "not-performed": "bold", "contested": "yellow",
    "not-in-force": "dim", "ended": "dim", "not-begun": "dim", "unknown": "dim",
}  # fmt: skip

#: how many of what falls due are shown
_DUE = 8


class _Names:
    """The names of a record's actors."""

    def __init__(self, record: Record) -> None:
        self._names = {actor.id: actor.name for actor in record.of_kind(Actor)}

    def all(self, ids: Iterable[str]) -> str:
        return join(self._names.get(id_, id_) for id_ in dict.fromkeys(ids))

    def told(self, ids: Iterable[str], what: str) -> Text:
        """Return a sentence, led by whose it is unless it says so itself."""
        who = self.all(ids)
        return (
            Text(what) if what.startswith(f"{who} ") else Text.assemble((f"{who}: ", "dim"), what)
        )


def _state(state: str) -> Text:
    return Text(state.replace("-", " "), _STYLES.get(state, ""))


def _accounts(names: _Names, views: Sequence[AccountView], *, said: bool = False) -> list[Text]:
    """Return a line for every account: who holds what, since when, and by which sources."""
    lines = []
    for view in views:
        who = names.all(view.holders) or "nobody differs"
        what = (view.what or "") if said else view.state.replace("-", " ")
        since = f"since {view.since}" if view.since else ""
        until = f"until {view.until}" if view.until else ""
        unsure = "" if view.certain else "perhaps"
        when = " ".join(part for part in (unsure, since, until) if part)
        sources = ", ".join(view.sources) or "unsupported"
        when = f"({when})" if said and when else when
        told = " ".join(part for part in (f"{who}:", what, when) if part)
        lines.append(Text.assemble(told, (f" [{sources}]", "dim")))
    return lines


def _table(*widths: int | None) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for width in widths:
        table.add_column(no_wrap=width is not None, min_width=width, ratio=None if width else 1)
    return table


def standing_screen(standing: Standing) -> RenderableType:
    """Return how things stood, section by section; what is contested shows every account."""
    names = _Names(standing.record)
    parts: list[RenderableType] = [_heading(names, standing)]
    for title, body in (
        ("Agreements", _agreements(names, standing)),
        ("Measures", _measures(names, standing)),
        ("Commitments", _commitments(names, standing)),
        ("Clocks", _clocks(names, standing)),
        ("Open demands", _open(names, standing, standing.demands)),
        ("Open offers", _open(names, standing, standing.offers)),
        ("Contested", _contested(names, standing)),
        ("Falls due next", _due(standing)),
    ):
        if body is not None:
            parts += [Padding(Text(title, "bold"), (1, 0, 0, 0)), body]
    rest = count(len(standing.offices), "office")
    parts.append(Text(f"\n{rest} held, and all that falls due: --json", "dim"))
    return Group(*parts)


def _heading(names: _Names, standing: Standing) -> Text:
    text = Text.assemble((standing.record.title, "bold"), f"\nAs things stood on {standing.on}")
    if standing.known_by is not None:
        text.append(f", as far as known by {standing.known_by}")
    viewpoint = standing.viewpoint
    if viewpoint is None:
        return text.append("; all accounts side by side")
    held = f", as held on {viewpoint.held_on}" if viewpoint.held_on else ""
    return text.append(f"; as {names.all(viewpoint.actors)} saw it{held}")


def _agreements(names: _Names, standing: Standing) -> Table | None:
    table = _table(4, 12, None)
    for one in standing.agreements:
        table.add_row(one.agreement.id, _state(one.state), one.agreement.name)
        if one.state in ("contested", "unknown"):
            for line in _accounts(names, one.accounts):
                table.add_row("", "", line)
        if one.state == "not-in-force":
            continue
        parties = [p.actor for p in one.parties if p.state == "in"]
        if parties:
            table.add_row("", "", Text(f"for {names.all(parties)}", "dim"))
        for party in one.parties:
            if party.state in ("contested", "unknown"):
                table.add_row("", _state(party.state), f"whether {names.all([party.actor])} is in")
                for line in _accounts(names, party.accounts):
                    table.add_row("", "", line)
    return table if table.row_count else None


def _measures(names: _Names, standing: Standing) -> Table | None:
    table = _table(4, 12, None)
    for one in standing.measures:
        what = names.told(one.measure.by, one.measure.what)
        table.add_row(one.measure.id, _state(one.state), what)
        if one.state in ("contested", "unknown"):
            for line in _accounts(names, one.accounts):
                table.add_row("", "", line)
    return table if table.row_count else None


def _commitments(names: _Names, standing: Standing) -> Table | None:
    table = _table(4, 12, None)
    for one in standing.commitments:
        until = f" (until {one.end})" if one.end and one.state != "ended" else ""
        if one.state == "not-begun" and one.start:
            until = f" (from {one.start})"
        what = names.told(one.commitment.debtors, one.commitment.what).append(until, "dim")
        table.add_row(one.commitment.id, _state(one.state), what)
        for line in _seen(names, one):
            table.add_row("", "", line)
        if one.state == "contested":
            for line in _accounts(names, one.accounts):
                table.add_row("", "", line)
    return table if table.row_count else None


def _seen(names: _Names, one: CommitmentStanding) -> list[Text]:
    """Return the observations a limit was held against: one, or all where they differ."""
    limit = one.commitment.limit
    if limit is None:
        return []
    lines = []
    for held in one.held if one.state == "contested" else one.held[:1]:
        seen = held.observation
        unsure = "" if seen.verified else ", not verified"
        line = f"{seen.value or seen.words} on {seen.as_of} against {limit.value}"
        who = names.all(seen.observer)
        text = Text.assemble(f"{line} ", (f"({who}{unsure}) [{seen.id}]", "dim"))
        for holders, state in held.readings.items():
            if one.state == "contested":
                text.append(f"\n  {names.all(holders)}: {state}")
        lines.append(text)
    return lines


def _clocks(names: _Names, standing: Standing) -> Table | None:
    table = _table(4, 12, None)
    for one in standing.clocks:
        by = names.all(one.run.by)
        table.add_row(
            one.id, _state(one.state), f"{one.mechanism.name}, started by {by} on {one.run.started}"
        )
        step = f"now: {one.step.step.what}, until {one.step.ends}; all of it until {one.ends}"
        table.add_row("", "", step)
        for line in _accounts(names, one.accounts):
            table.add_row("", "", line)
    return table if table.row_count else None


def _open(names: _Names, standing: Standing, statements: Sequence[Open]) -> Table | None:
    table = _table(4, 12, None)
    for one in statements:
        said = one.statement
        who = names.all(said.on_behalf or said.speaker)
        to = f" to {names.all(said.to)}" if said.to else ""
        when = f", {said.date}" if said.date else ""
        reporter = f", according to {names.all(said.according_to)}" if said.according_to else ""
        head = Text.assemble((f"{who}{to}{when}{reporter}: ", "dim"), said.what or "")
        if not standing.appeared(said):
            head.append(" [unsupported]", "dim")
        table.add_row(said.id, one.state, head)
        for answer in one.answers:
            by = names.all(answer.on_behalf or answer.speaker)
            line = f"{answer.kind} by {by} [{answer.id}]: {answer.what or ''}"
            table.add_row("", "", Text(line))
    return table if table.row_count else None


def _contested(names: _Names, standing: Standing) -> Table | None:
    table = _table(4, None)
    for one in standing.contested:
        table.add_row(one.question.id, one.question.question)
        for line in _accounts(names, one.own or one.views, said=True):
            table.add_row("", line)
    return table if table.row_count else None


def _due(standing: Standing) -> Table | None:
    table = _table(10, None)
    for one in standing.due[:_DUE]:
        table.add_row(str(one.date), Text.assemble(f"{one.what} ", (one.id, "dim")))
    return table if table.row_count else None


def timeline_screen(record: Record, items: Sequence[Item]) -> RenderableType:
    """Return a timeline; what is contested or at odds with the record says so."""
    names = _Names(record)
    table = _table(10, 4, None)
    told: set[str] = set()
    for item in items:
        text = Text.assemble(
            (f"{_label(names, item)}: ", "dim"), item.what or "(no words are known)"
        )
        if not item.sources and item.kind not in ("milestone", "commitment"):
            text.append(" [unsupported]", "dim")
        for one in item.at_odds:
            line = f"\nat odds with {one.entry}: {one.what} {one.said}, there {one.found}"
            text.append(line, "yellow")
        for question in item.contested:
            text.append(f"\ncontested: {question.question} [{question.id}]", "yellow")
            if question.id not in told:
                text.append(_views(names, question))
                told.add(question.id)
        table.add_row(str(item.date), item.id, text)
    total = Text(f"\n{count(len(items), 'line')}", "dim")
    return Group(Text(record.title, "bold"), table, total)


def _label(names: _Names, item: Item) -> str:
    """Return what a line is and whose; a statement is never told without who says it."""
    who = names.all(item.by) or "somebody unnamed"
    if item.kind == "statement":
        label = f"{who}, {item.phase}"
    elif item.kind == "observation":
        label = f"seen by {who}" + (f", {item.phase}" if item.phase else "")
    else:
        label = f"{item.kind} {item.phase}".strip()
    reporter = names.all(item.according_to)
    return f"{label}, according to {reporter}" if reporter else label


def _views(names: _Names, question: Question) -> str:
    """Return who holds what, a line for each view."""
    return "".join(
        f"\n  {names.all(view.according_to) or 'some'}: {view.what}" for view in question.views
    )
