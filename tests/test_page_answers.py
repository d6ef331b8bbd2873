"""What a page tells is what the run found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from detente import study
from detente.catalog import slugs
from detente.stability import explain
from tests.oracle import Literal
from tests.pages import (
    Element,
    read_page,
    section,
)
from tests.told import (
    JCPOA,
    NAMES,
    PD,
    STRICT,
    findings_of,
    page_of,
)


def headings(article: Element) -> Iterator[tuple[int, bool, set[str], str]]:
    """Yield by decision maker: stable or not, under which concepts, and the reason."""
    dm = -1
    children = [child for child in article.children if isinstance(child, Element)]
    for one, following in pairwise([*children, Element("")]):
        if one.tag == "h4":
            dm += 1
        elif one.tag == "p" and one.get("class") in ("stable", "unstable"):
            stable = one["class"] == "stable"
            text = one.text.removeprefix("" if stable else "not ")
            assert text.startswith("stable under ")
            names = re.split(", | and ", text.removeprefix("stable under "))
            yield dm, stable, set(names), following.text


#: what is said of the answers to a gain that somebody leaves for
UNANSWERED = {
    "nash": "", "gmr": "and no answer of", "smr": "and no answer of",
    "seq": "and no credible answer of", "sseq": "and no credible answer of",
    "sim": "at the same time",
}  # fmt: skip


@pytest.mark.parametrize("slug", slugs())
def test_why_agrees_with_the_table_and_with_the_reason_behind_it(slug: str) -> None:
    page, findings = page_of(slug), findings_of(slug)
    table, graph = findings.table, findings.graph
    articles = [one for one in page.all("article") if "why" in one["class"].split()]
    assert articles
    ids = None if findings.conflict.graph is None else findings.conflict.graph.ids
    for article in articles:
        state = int(article["id"][2:]) - 1
        told: list[dict[str, bool]] = [{} for _ in graph.dms]
        for dm, stable, names, reason in headings(article):
            concepts = [one for one in table.concepts if NAMES[one] in names]
            assert len(concepts) == len(names)
            told[dm] |= dict.fromkeys(concepts, stable)
            keys = concepts if not stable else [c for c in STRICT if c in concepts] or concepts
            why = explain(graph, state, dm, keys[0])
            assert why.stable == stable
            broken = [] if stable else [explain(graph, state, dm, c).breaks for c in concepts]
            spoken = [one.target for one in broken if one is not None]
            assert len(spoken) == len(broken)
            if why.held:
                spoken += [why.held[0].improvement.target, why.held[0].sanction.state]
            for other in spoken:
                number = str(other + 1) if ids is None else ids[other]
                assert re.search(rf"\bstate {re.escape(number)}\b", reason), (state, dm, reason)
            for concept in () if stable else concepts:
                words = UNANSWERED[concept]
                assert (words in reason) if words else "answer" not in reason, (concept, reason)
            if not spoken:
                assert "has no move that betters its position" in reason
        for dm, answers in enumerate(told):
            assert answers == {c: bool(table.stable[c][dm, state]) for c in table.concepts}


@pytest.mark.parametrize("slug", slugs())
def test_further_states_name_what_keeps_each_side_or_how_it_leaves(slug: str) -> None:
    findings = findings_of(slug)
    table = findings.table
    rows = [one for one in page_of(slug).all("tr") if re.fullmatch(r"s-\d+", one.get("id"))]
    for row in rows:
        state = int(row["id"][2:]) - 1
        for dm, cell in enumerate(row.all("td")[1:]):
            keeps = next((one for one in STRICT if table.stable[one][dm, state]), None)
            assert cell.text == NAMES[keeps] if keeps else cell.text.startswith("leaves by ")
    assert rows or slug != JCPOA


def test_the_reasons_of_the_prisoners_dilemma_are_those_of_the_literal_definitions() -> None:
    states = [(a, b) for b in (0, 1) for a in (0, 1)]
    moves = [
        {(s, q) for s in states for q in states if s != q and s[1 - i] == q[1 - i]} for i in (0, 1)
    ]
    # each wants the other not to defect, then to defect itself
    utility = [{s: 2 * (1 - s[1 - i]) + s[i] for s in states} for i in (0, 1)]
    game = Literal(states, moves, utility, option_form=True)
    page = read_page(study.page_of(str(PD)).html)
    articles = {one["id"]: one for one in page.all("article")}
    assert len(articles) >= 3
    for number, state in enumerate(states, start=1):
        if f"s-{number}" not in articles:
            continue
        for dm, stable, names, _ in headings(articles[f"s-{number}"]):
            for concept, name in NAMES.items():
                if name in names:
                    assert game.stable(concept, dm, state) == stable, (state, dm, concept)


@pytest.mark.parametrize("slug", slugs())
def test_counts_verdict_and_deals_are_those_of_the_run(slug: str) -> None:
    page, findings = page_of(slug), findings_of(slug)
    table, diagnosis = findings.table, findings.diagnosis
    counts = section(page, "states").all("p")[0].text
    equilibria = {state for c in table.concepts for state in table.equilibria(c).nonzero()[0]}
    assert re.search(rf"\b{len(equilibria):,} equilibri(um|a) ", counts)
    for concept in table.concepts:
        assert f"{NAMES[concept]} {int(table.equilibria(concept).sum()):,}" in counts
    verdict = section(page, "verdict").text
    if diagnosis is None:
        assert "no status quo" in verdict
        assert "deal" not in counts
        return
    assert re.match(rf"{len(diagnosis.zone):,} deals? and ", counts)
    tag = next(one for one in section(page, "verdict").all("span") if one.get("class") == "tag")
    assert tag.text.replace(" a ", " ").replace(" ", "-") == diagnosis.verdict
    ranks = [rank.tolist() for rank in findings.graph.ranks]
    zone = {
        s
        for s in range(findings.graph.size)
        if all(r[s] >= r[diagnosis.status_quo] for r in ranks)
        and any(r[s] > r[diagnosis.status_quo] for r in ranks)
    }
    assert len(zone) == len(diagnosis.zone)
    sections = [one for one in page.all("section") if one.get("id") == "deals"]
    assert bool(sections) == bool(zone or findings.conflict.deals)
    if not zone:
        return
    rows = sections[0].all("table")[0].only("tbody").all("tr")
    assert len(rows) == min(len(zone), 8)
    for row in rows:
        (link,) = row.only("th").all("a")
        state = int(link["href"][3:]) - 1
        assert state in zone
        cells = [one.text for one in row.all("td")]
        for dm, cell in enumerate(cells[1:-3]):
            keeps = next((c for c in STRICT if table.stable[c][dm, state]), None)
            assert cell == (NAMES[keeps] if keeps else "leaves")
        better = any(
            all(r[other] >= r[state] for r in ranks) and any(r[other] > r[state] for r in ranks)
            for other in range(findings.graph.size)
        )
        assert cells[-1] == ("no" if better else "yes")


@pytest.mark.parametrize("slug", [slug for slug in slugs() if findings_of(slug).conflict.deals])
def test_every_named_deal_is_told_with_what_becomes_of_it(slug: str) -> None:
    findings = findings_of(slug)
    told = section(page_of(slug), "deals")
    heads = {one.text: one for one in told.all("h4")}
    assert len(findings.answers) == len(findings.conflict.deals)
    names = [dm.name for dm in findings.conflict.decision_makers]
    for one in findings.answers:
        (head,) = [text for text in heads if text.startswith(one.named.name)]
        assert (": refused" in head) == bool(one.refusals)
        assert head.endswith(": stands now") == one.stands
        assert head.endswith(": not possible") == (one.state is None and not one.stands)
        siblings = heads[head].parent
        assert siblings is not None
        lines = siblings.children[siblings.children.index(heads[head]) + 1 :]
        text = next(one for one in lines if isinstance(one, Element)).text
        for refusal in one.refusals:
            assert names[refusal.dm] in text


def test_states_side_by_side_are_numbered_as_the_field_numbers_them() -> None:
    page, findings = page_of(JCPOA), findings_of(JCPOA)
    grid = section(page, "states").all("table")[0]
    states = [int(one.text) for one in grid.only("thead").all("a")]
    rows = [[cell.text for cell in row.all("th", "td")] for row in grid.only("tbody").all("tr")]
    options = [(i, o) for i, dm in enumerate(findings.conflict.decision_makers) for o in dm.options]
    for column, number in enumerate(states, start=2):
        chosen = iter(c for dm in findings.graph.space.choices_at(number - 1) for c in dm)
        for row, (_, option), choice in zip(rows[1:], options, chosen, strict=False):
            assert row[1] == option.name
            levels = [level.id for level in option.levels]
            assert row[column] == (levels[choice] if levels else "●" if choice else "·")
