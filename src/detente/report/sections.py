"""What may follow the verdict on a screen: the named deals and the games as the sides see them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Findings
from detente.report.games import game_sentences, hypergame_sentences
from detente.report.named import deal_sentences, deal_title, short_of
from detente.report.words import join

__all__ = ["deals_section", "framing_section", "games_section", "section"]


def section(title: str, rows: Iterable[tuple[str, Iterable[str]]]) -> RenderableType:
    """Return a titled section: what is spoken of, and under it what is said of it."""
    parts: list[RenderableType] = [Text(title, "bold")]
    for head, lines in rows:
        if head:
            parts.append(Text(head))
        table = Table.grid(padding=(0, 0))
        table.add_column()
        for line in lines:
            table.add_row(line)
        parts.append(Padding(table, (0, 0, 0, 2)))
    return Group(*parts)


def deals_section(findings: Findings, *, details: bool = False) -> RenderableType:
    """Return what becomes of every named deal: who refuses it, or in full what would hold it."""
    rows = []
    shown: dict[int, str] = {}
    for one in findings.answers:
        lines = deal_sentences(findings, one)
        if not details:
            lines = lines if one.refusals else lines[:1]
        elif one.deal is not None and one.deal.state in shown:
            # of a deal that comes to the same state everything has been said
            lines = [lines[0], f"There it is the same as with “{shown[one.deal.state]}”."]
        elif one.deal is not None:
            shown[one.deal.state] = one.named.name
        rows.append((f"{deal_title(findings, one)}: {short_of(one)}", lines))
    return section("Deals argued about", rows)


def games_section(findings: Findings) -> RenderableType:
    """Return the game as each side sees it."""
    assert findings.hypergame is not None
    rows = [
        ("", game_sentences(findings, dm, game)) for dm, game in enumerate(findings.hypergame.games)
    ]
    rows.append(("", hypergame_sentences(findings, findings.hypergame)))
    return section("As each side sees it", rows)


def _viewpoint(findings: Findings, text: str) -> str:
    """Return the names of those as whom the game is seen."""
    names = {dm.id: dm.name for dm in findings.conflict.decision_makers}
    actors, _, day = text.partition("@")
    who = join(names.get(one.strip(), one.strip()) for one in actors.split(","))
    return f"{who} on {day}" if day else who


def framing_section(findings: Findings) -> RenderableType | None:
    """Return for when and as whom the model was framed, and what the record leaves open."""
    framed, made = findings.framed, findings.made
    if framed is None:
        return None
    parts = []
    if framed.on is not None:
        parts.append(f"as of {framed.on}")
    if made.known_by is not None:
        parts.append(f"as far as known by {made.known_by}")
    if made.viewpoint is not None:
        parts.append(f"as {_viewpoint(findings, made.viewpoint)} sees it")
    text = Text(", ".join(parts), "dim")
    for one in framed.undecided:
        open_ = ", ".join(f"{id_} is {one.facts[id_]}" for id_ in one.open)
        text.append(f"\nleft out, as the record is open: {one.part} ({open_})", "yellow")
    return text
