"""Findings for a terminal: the verdict first, then what it rests on, all on one screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Deal, Diagnosis, Findings
from detente.errors import Problem
from detente.report.screen.sections import section, stacked
from detente.report.sentences.findings import facts_line, judged_by, sections_of
from detente.report.sentences.framing import framing_line, undecided_lines
from detente.report.sentences.matter import (
    counts_line,
    deals_shown,
    kind_of,
    reached,
    states_shown,
    under,
)
from detente.report.sentences.phrases import NO_STATUS_QUO, VERDICT_NAMES
from detente.report.sentences.words import Words

__all__ = ["findings_screen", "problem_text"]

#: how many deals, and how many states in all, stand side by side on a wide and on a narrow screen
_WIDE, _NARROW = (3, 6), (2, 4)
#: the width from which a screen counts as wide
_WIDE_FROM = 96
#: the width of a state's column
_COLUMN = 8
#: what has no room in a column
_KINDS = {"equilibrium": "equil."}
#: how many sentences of proof
_PROOF = 5


def findings_screen(
    findings: Findings, *, width: int = 100, details: bool = False
) -> RenderableType:
    """Return the answer of a run: verdict, proof, the states that matter, how to ask why.

    Parameters
    ----------
    findings : Findings
    width : int
        How many characters a line has; a wide screen shows more states side by side.
    details : bool
        Tell of each named deal also what would hold it, and how it is reached.
    """
    words = Words.of(findings)
    diagnosis = findings.diagnosis
    parts: list[RenderableType] = [_heading(findings)]
    if diagnosis is None:
        parts.append(Text(f"{NO_STATUS_QUO.removesuffix('.')}; add status_quo.", "yellow"))
    else:
        parts.append(
            Text.assemble(
                (words.verdict(diagnosis), "bold"), f"  [{VERDICT_NAMES[diagnosis.verdict]}]"
            )
        )
        parts.append(_proof(words, diagnosis))
    parts.append(_states(words, findings, width))
    parts += [section(one) for one in sections_of(words, findings, details=details)]
    parts.append(_how_to_ask(words, findings))
    return stacked(parts)


def _heading(findings: Findings) -> RenderableType:
    title = findings.conflict.title
    heading = Text.assemble((title, "bold"), "\n", (facts_line(findings), "dim"))
    if findings.framed is None:
        return heading
    framed = Text(framing_line(findings), "dim")
    for line in undecided_lines(findings):
        framed.append(f"\n{line}", "yellow")
    return Group(heading, framed)


def _proof(words: Words, diagnosis: Diagnosis) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    proof = words.witness(diagnosis)
    for k, line in enumerate(proof[:_PROOF]):
        table.add_row("because" if k == 0 else "", line)
    if len(proof) > _PROOF:
        table.add_row("", f"… and {len(proof) - _PROOF} more such answers")
    table.add_row("judged by", judged_by(diagnosis))
    table.add_row("status quo", words.status_quo(diagnosis))
    return table


def _states(words: Words, findings: Findings, width: int) -> RenderableType:
    """Return the states that matter side by side: status quo, deals, other equilibria."""
    most_deals, most = _WIDE if width >= _WIDE_FROM else _NARROW
    deals = deals_shown(findings, most_deals)
    shown = states_shown(findings, deals, most)
    if findings.conflict.graph is None:
        table = _option_table(words, findings, shown, deals, width)
    else:
        table = _name_table(words, findings, shown, deals)
    return Group(_counts(findings), Padding(table, (1, 0, 0, 0)))


def _counts(findings: Findings) -> RenderableType:
    counts, by_concept = counts_line(findings)
    return Text.assemble((counts, "bold"), f" ({by_concept}); --json lists them all")


def _kind(findings: Findings, state: int) -> Text:
    kind = kind_of(findings, state)
    return Text(_KINDS.get(kind, kind), "dim")


def _option_table(
    words: Words,
    findings: Findings,
    shown: Sequence[int],
    deals: Sequence[Deal],
    width: int,
) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    ids = min(max(map(len, findings.conflict.dm_ids)), 10)
    rest = width - (ids + 1) - (_COLUMN + 1) * len(shown) - 1
    names = max(
        len(option.name) for dm in findings.conflict.decision_makers for option in dm.options
    )
    table.add_column("", style="dim", no_wrap=True, width=ids)
    # wide enough for "equilibrium under", narrow enough to keep the states near their options
    name_width = min(max(names, 17), rest)
    table.add_column(Text("state", "dim"), no_wrap=True, width=name_width)
    for state in shown:
        table.add_column(words.label(state), width=_COLUMN, no_wrap=True)
    table.add_row(
        "",
        "",
        *(_kind(findings, state) for state in shown),
    )
    choices = [words.choices(state) for state in shown]
    for i, dm in enumerate(findings.conflict.decision_makers):
        for k, option in enumerate(dm.options):
            cells = []
            for column in choices:
                choice = column[i][k]
                text = option.levels[choice].id if option.levels else "●" if choice else "·"
                same = column[i][k] == choices[0][i][k]
                cells.append(Text(text, "" if same else "bold"))
            table.add_row(dm.id if k == 0 else "", option.name, *cells)
    table.add_row(
        "", Text("equilibrium under", "dim"), *(under(findings, state) for state in shown)
    )
    if deals:
        table.add_row("", Text("reached", "dim"), *(reached(state, deals) for state in shown))
    return table


def _name_table(
    words: Words, findings: Findings, shown: Sequence[int], deals: Sequence[Deal]
) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("state", no_wrap=True)
    table.add_column("", ratio=1)
    for heading in ("", "equilibrium under", "reached" if deals else ""):
        table.add_column(heading, no_wrap=True)
    for state in shown:
        kind = _kind(findings, state)
        table.add_row(
            words.label(state),
            words.state(state),
            kind,
            under(findings, state),
            reached(state, deals),
        )
    return table


def _how_to_ask(words: Words, findings: Findings) -> RenderableType:
    diagnosis = findings.diagnosis
    state = 0
    if diagnosis is not None:
        deals = deals_shown(findings, 1)
        state = deals[0].state if deals else diagnosis.status_quo
    source = "-" if findings.made.source == "<stdin>" else findings.made.source
    ask = f"detente analyze {source}{_as_asked(findings)} --why {words.label(state)}"
    return Text.assemble(("Ask why: ", "dim"), ask)


def _as_asked(findings: Findings) -> str:
    """Return the options that frame the conflict as it was framed."""
    framed, made = findings.framed, findings.made
    if framed is None:
        return ""
    own = None if framed.standing is None else framed.standing.record.as_of_default
    on = "" if framed.on is None or framed.on == own else f" --on {framed.on}"
    known_by = "" if made.known_by is None else f" --known-by {made.known_by}"
    viewpoint = "" if made.viewpoint is None else f" --viewpoint {made.viewpoint}"
    return f"{on}{known_by}{viewpoint}"


def problem_text(problem: Problem) -> Text:
    """Return one problem as ``file:line:column CODE message``."""
    style = "yellow" if problem.severity == "warning" else "red"
    where = f"{problem.place} " if problem.place else ""
    severity = "warning: " if problem.severity == "warning" else ""
    return Text.assemble(
        where,
        (problem.code, style),
        f" {severity}{problem.what}; {problem.rule}; {problem.remedy}",
    )
