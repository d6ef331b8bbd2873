"""Every link of a page leads somewhere, every state to why, every fact to its entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

import detente
from detente.analysis import Findings
from detente.catalog import load_entry, slugs
from detente.record.actors import Actor, Source
from detente.record.entries import Quantity
from detente.record.entries import Statement as Said
from tests.pages import (
    Element,
    anchored,
    linked_to,
    section,
)
from tests.told import (
    JCPOA,
    PAGES,
    any_page,
    findings_of,
    page_of,
    read,
    record_of,
    said_by,
)

# -- links -----------------------------------------------------------------------------------------


@any_page
def test_every_link_leads_to_a_place_on_the_page_or_to_a_source(name: str) -> None:
    page = read(name)
    places = anchored(page)
    record = record_of(JCPOA) if PAGES[name][0] == JCPOA else None
    addresses = set() if record is None else {one.url for one in record.of_kind(Source)}
    assert page.all("a")
    for link in page.all("a"):
        assert link.text, link.attributes
        target = link["href"]
        if target.startswith("#"):
            assert target[1:] in places, target
        else:
            assert re.match("https?://", target)
            assert target in addresses
            assert link.inside("section")
            assert next(one for one in link.above() if one.tag == "section")["id"] == "sources"
    for one in page.walk():
        for label in one.get("aria-labelledby").split():
            assert places[label].text


@any_page
def test_nothing_on_a_page_loads_or_runs_anything(name: str) -> None:
    page = read(name)
    known = re.findall(
        r"\w+",
        "html head meta link title style body a header h1 p nav ol li main section h2 h3 h4 div "
        "table caption thead tbody tr th td ul code span article figure figcaption footer dl dt "
        "dd b br i em small svg desc rect line circle path text",
    )
    for one in page.walk():
        assert one.tag in known, one.tag
        for attribute, value in one.attributes.items():
            assert not attribute.startswith("on")
            assert attribute not in ("src", "srcset", "action", "style", "xlink:href", "formaction")
            if attribute == "href":
                assert one.tag == "a" or (one.tag, value) == ("link", "data:,")
            assert "javascript:" not in value
        if one.tag == "meta":
            assert one.get("http-equiv") in ("", "Content-Security-Policy")
    (style,) = page.all("style")
    css = style.children[0]
    assert isinstance(css, str)
    assert not re.search(r"url\(|@import|@font-face|expression\(|behavior", css)
    (policy,) = [one for one in page.all("meta") if "http-equiv" in one.attributes]
    assert policy["content"].startswith("default-src 'none'; ")
    assert "script" not in policy["content"]
    # what is said of the page has to stand before what it is said of
    head = page.only("head")
    assert head.children.index(policy) < head.children.index(head.only("link"))


STATE = re.compile(r"\bstate (\d[\d,]*)\b", re.IGNORECASE)


@any_page
def test_every_state_spoken_of_leads_to_why_it_holds_or_not(name: str) -> None:
    page = read(name)
    places = anchored(page)
    findings = findings_of(PAGES[name][0])
    if findings.conflict.graph is not None:
        pytest.skip("states of a graph have names; see the next test")
    # what the modeller and the catalog say in words of their own may number states otherwise
    entry = load_entry(PAGES[name][0]).data() if PAGES[name][0] in slugs() else {}
    others = {findings.conflict.note, *filter(lambda one: isinstance(one, str), entry.values())}
    found = 0
    for text, where in page.texts():
        if where.inside("code", "figure", "svg") or text in others:
            continue
        for number in STATE.findall(text):
            found += 1
            id_ = f"s-{number.replace(',', '')}"
            if where.tag == "h3" and where.get("id") == f"{id_}-heading":
                continue
            assert where.tag == "a", text
            assert where["href"] == f"#{id_}", text
            assert text in (f"state {number}", f"State {number}")
    assert found or findings.diagnosis is None
    links = [one for one in page.all("a") if re.fullmatch(r"#s-\d+", one.get("href"))]
    for link in links:
        assert link["href"] == f"#s-{re.sub(r'(?i)^state ', '', link.text)}"
        assert_tells_everybody(places[link["href"][1:]], findings)


def assert_tells_everybody(place: Element, findings: Findings) -> None:
    """The place of a state says of each decision maker whether it stays."""
    names = [dm.name for dm in findings.conflict.decision_makers]
    if place.tag == "article":
        heads = [one.text for one in place.all("h4")]
        assert len(heads) == len(names)
        for head, who in zip(heads, names, strict=True):
            assert head.startswith(f"{who} ranks it ")
    else:
        assert place.tag == "tr"
        assert all(cell.text for cell in place.all("td"))
        assert len(place.all("td")) == 1 + len(names)


@pytest.mark.parametrize("name", [JCPOA, "everything", "file", "gmcr"])
def test_states_that_a_picture_names_are_linked_beside_it(name: str) -> None:
    page = read(name)
    for picture in page.all("figure"):
        if part_of(picture) not in ("states", "deals", "evolution"):
            continue
        caption = picture.only("figcaption")
        named = set(STATE.findall(f"{picture.only('desc').children} {caption.text}"))
        named |= {number for one in picture.all("text") for number in STATE.findall(one.text)}
        assert {f"s-{number.replace(',', '')}" for number in named} <= linked_to(caption)
        assert linked_to(caption) <= set(anchored(page))


def test_states_of_a_graph_are_linked_by_their_ids() -> None:
    for slug in ("elmira", "milk-river"):
        page, findings = page_of(slug), findings_of(slug)
        places = anchored(page)
        graph = findings.conflict.graph
        if graph is None:
            continue
        links = [one for one in page.all("a") if re.fullmatch(r"#s-\d+", one.get("href"))]
        assert links
        for link in links:
            state = int(link["href"][3:]) - 1
            assert link.text.removeprefix("state ").removeprefix("State ") == graph.ids[state]
            assert_tells_everybody(places[link["href"][1:]], findings)


# -- facts -----------------------------------------------------------------------------------------


def part_of(where: Element) -> str:
    """The id of the part of the page that an element stands in."""
    return next((one["id"] for one in where.above() if one.tag == "section"), "")


def sources_of(entry: Any) -> set[str]:
    """Every source of an entry, of its accounts and parts included."""
    found = set()
    waiting: list[Any] = [entry]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple | list):
            waiting += one
        elif isinstance(one, Mapping):
            waiting += one.values()
        elif hasattr(one, "model_fields_set"):
            found |= {ref.source for ref in getattr(one, "sources", ())}
            waiting += [getattr(one, key) for key in type(one).model_fields]
    return found


@pytest.mark.parametrize("name", [JCPOA, "everything", "as iran", "known by", "years before"])
def test_every_sentence_that_tells_a_fact_of_the_record_carries_a_link_to_it(name: str) -> None:
    page = read(name)
    places = anchored(page)
    record = record_of(JCPOA)
    shown = [
        (" ".join(text.split()), where)
        for text, where in page.texts()
        if not where.inside("svg", "figcaption", "h1", "header") and text.strip()
    ]
    words: dict[str, set[str]] = {}
    for entry in record.entries.values():
        for told in said_by(entry):
            words.setdefault(" ".join(told.split()), set()).add(entry.id)
    walked: Counter[str] = Counter()
    for text, where in shown:
        # short words, such as the name of an agreement, are part of many a sentence
        found = [told for told in words if told == text or (len(told) > 40 and told in text)]
        if not found:
            continue
        whose = words[max(found, key=len)]
        near = [one for one in where.above() if one.tag in ("li", "tr", "p", "dd")]
        assert near, text
        links = set().union(*(linked_to(one) for one in near)) & set(places)
        if part_of(where) == "sources":
            # a source is what all else leads to
            links = {one["id"] for one in near if "id" in one.attributes}
        allowed = {f"e-{id_}" for one in whose for id_ in (one, *sources_of(record.entries[one]))}
        assert links & allowed, (whose, text, links)
        walked.update(whose)
    assert len(walked) > (300 if name == JCPOA else 100)


@pytest.mark.parametrize("name", [JCPOA, "everything", "as iran", "known by", "years before"])
def test_every_line_of_the_record_half_carries_a_link_and_stands_under_its_entry(
    name: str,
) -> None:
    page = read(name)
    places = anchored(page)
    lists = [one for one in page.all("ul") if "entries" in one.get("class").split()]
    assert len(lists) > 5
    for line in (child for one in lists for child in one.children if isinstance(child, Element)):
        first = next(child for child in line.children if isinstance(child, Element))
        own = line.get("id")
        if own:
            assert part_of(line) in ("record", "sources")
            assert own == f"e-{first.text}"
            assert linked_to(line) & set(places) or part_of(line) == "sources"
        else:
            assert first.tag == "a", line.text
            assert first["href"][1:] in places
            assert first["href"] == f"#e-{first.text.partition('.')[0]}"


def test_every_entry_and_every_source_of_the_dossier_has_a_place() -> None:
    places, record = anchored(page_of(JCPOA)), record_of(JCPOA)
    for entry in record.entries.values():
        if not isinstance(entry, Actor | Quantity):
            assert f"e-{entry.id}" in places, entry.id


def test_every_id_of_evidence_leads_to_its_entry() -> None:
    for name in (JCPOA, "as iran", "years before"):
        path, question = PAGES[name]
        findings = detente.analyze(
            path,
            on=question.on if question else None,
            viewpoint=question.viewpoint if question else None,
        )
        parties = section(read(name), "parties")
        tables = iter(parties.all("table"))
        for dm in findings.conflict.decision_makers:
            if dm.options:
                rows = next(tables).only("tbody").all("tr")
                for row, option in zip(rows, dm.options, strict=True):
                    assert row.all("td")[0].text == option.id
                    assert linked_to(row) >= ids_of(option.evidence.because), option.id
            statements = detente.model.conflict.statements_of(dm.preference)
            if not statements:
                continue
            rows = next(tables).only("tbody").all("tr")
            for row, statement in zip(rows, statements, strict=True):
                assert linked_to(row) >= ids_of(statement.evidence.because)
                if statement.evidence.according_to:
                    assert statement.evidence.according_to in row.text
        assert next(tables, None) is None
        for where in (parties, section(read(name), "unlock")):
            for cell in where.all("td"):
                if cell.get("class") == "ids":
                    assert ids_of([one for one in cell.text.split(", ") if one]) == linked_to(cell)


def ids_of(because: Iterable[str]) -> set[str]:
    return {f"e-{one.partition('.')[0]}" for one in because}


def test_quotations_stay_word_for_word_and_in_quotation_marks() -> None:
    page, record = page_of(JCPOA), record_of(JCPOA)
    places = anchored(page)
    quotes = [(one.id, quote.text) for one in record.of_kind(Said) for quote in one.quote]
    assert len(quotes) > 20
    for id_, text in quotes:
        assert f"“{' '.join(text.split())}”" in places[f"e-{id_}"].text
