"""How things stood is told as the record has it, and nothing that was not known yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import study
from detente.record.actors import Actor, Source
from detente.study import PageQuestion
from tests.pages import (
    Element,
    anchored,
    read_page,
    section,
    written,
)
from tests.told import (
    JCPOA,
    findings_of,
    page_of,
    read,
    record_of,
    said_by,
    states_of,
    two_times,
)

# -- how things stood ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        PageQuestion(),
        PageQuestion(viewpoint="usa"),
        PageQuestion(on="2020-10-01"),
        PageQuestion(on="2020-10-01", known_by="2020-09-01", viewpoint="rus"),
        PageQuestion(viewpoint="usa@2020-10-01"),
    ],
    ids=str,
)
def test_the_table_of_viewpoints_is_the_record_asked_once_for_each(question: PageQuestion) -> None:
    record = record_of(JCPOA)
    on = question.on or "2021-10-30"

    def asked(viewpoint: str | None) -> dict[str, str]:
        return states_of(record.as_of(on, known_by=question.known_by, viewpoint=viewpoint))

    standing = section(page_of(JCPOA, question), "standing")
    (grid,) = [one for one in standing.all("table") if "As each sees it" in one.text]
    heads = [one.text for one in grid.only("thead").all("th")][2:]
    first, *others = heads
    base = asked(question.viewpoint)
    by_name = {actor.name: actor.id for actor in record.of_kind(Actor)}
    if question.viewpoint is None:
        assert first == "all accounts"
    else:
        assert by_name[first] == question.viewpoint.partition("@")[0]
    columns = [base, *(asked(by_name[name]) for name in others)]
    dms = findings_of(JCPOA).conflict.dm_ids
    assert {by_name[name] for name in others} == {
        dm for dm in dms if dm in record.entries and dm != question.viewpoint
    }
    expected = {}
    for id_ in base:
        states = [column.get(id_, "no account") for column in columns]
        if len(set(states)) > 1:
            expected[id_] = states
    rows = grid.only("tbody").all("tr")
    shown = {row.only("th").text: [one.text for one in row.all("td")[1:]] for row in rows}
    assert shown == expected
    assert expected


def test_what_stood_how_is_what_the_record_says_of_that_day() -> None:
    page, record = page_of(JCPOA), record_of(JCPOA)
    standing = record.as_of("2021-10-30")
    lines = [
        [child for child in line.children if isinstance(child, Element)]
        for part in section(page, "standing").all("ul")
        if part.get("class") == "entries"
        for line in part.children
        if isinstance(line, Element)
    ]
    # what falls due comes last, and names again what it belongs to
    shown: dict[str, str] = {}
    for first, second, *_ in lines:
        if second.tag == "span":
            shown.setdefault(first.text, second.text)
    for id_, state in states_of(standing).items():
        assert shown[id_] == state
    for one in standing.clocks:
        assert shown[one.id] == one.state.replace("-", " ")
    for said in (*standing.demands, *standing.offers):
        assert said.statement.id in shown


# -- what was not known yet ------------------------------------------------------------------------


EARLY, LATE = "quiet", "unheard"


#: what no one could have known: ids of entries and parts, dates and numbers of theirs
LATER = (
    "unheard", "r1", "second_pact", "o8", "888", "e2", "e3", "toll", "s2", "q2", "2020-12-01",
    "2020-11-01", "2019-03-04", "2020-08-09", "2019-05-06", "2018-02-01", "not performed",
)  # fmt: skip


@pytest.mark.parametrize("half", ["dossier", "record"])
def test_what_was_not_known_by_then_appears_nowhere(half: str, tmp_path: Path) -> None:
    model, record = two_times()
    folder = written(tmp_path, model=None if half == "record" else model, record=record)
    question = PageQuestion(on="2021-06-01", known_by="2020-01-01")
    page = read_page(study.page_of(str(folder), question).html)
    for picture in page.all("figure"):
        assert picture.parent is not None
        picture.parent.children.remove(picture)
    made = section(page, "made")
    assert made.parent is not None
    made.parent.children.remove(made)
    text = page.text.lower()
    for word in LATER:
        assert not re.search(rf"\b{word}\b", text), word
    for word in ("a quiet limit", "a quiet duty", "a quiet ban", "a quiet event", "a quiet answer"):
        assert word in text
    assert not [one for one in page.all("a") if "unheard" in one["href"]]
    # and with no such limit all of it is there
    whole = read_page(study.page_of(str(folder), PageQuestion(on="2021-06-01")).html).text.lower()
    for word in set(LATER) - {"2018-02-01"}:
        assert re.search(rf"\b{word}\b", whole), word


def test_what_was_not_known_by_then_is_in_no_picture(tmp_path: Path) -> None:
    model, record = two_times()
    folder = written(tmp_path, model=model, record=record)
    question = PageQuestion(on="2021-06-01", known_by="2020-01-01")
    page = read_page(study.page_of(str(folder), question).html)
    assert len(page.all("figure")) >= 4
    for picture in page.all("figure"):
        words = {one.text.lower() for one in picture.all("text", "figcaption")}
        for word in LATER:
            assert not [one for one in words if re.search(rf"\b{word}\b", one)], word


def test_entries_of_the_dossier_that_came_later_appear_nowhere_outside_pictures() -> None:
    record = record_of(JCPOA)
    page = read("known by")
    standing = record.as_of("2021-10-30", known_by="2019-06-01")
    text = " ".join(
        part for part, where in page.texts() if not where.inside("figure")
    )  # fmt: skip
    text = " ".join(text.split())
    later = [one for one in record.entries.values() if not standing.sees(one.id)]
    assert len(later) > 200
    for entry in later:
        for words in said_by(entry):
            assert len(words) < 40 or " ".join(words.split()) not in text, entry.id
    day = "2019-06-01"
    for source in record.of_kind(Source):
        if source.date is not None and str(source.date)[:10] > day:
            assert source.title not in text
            assert f"e-{source.id}" not in anchored(page)
