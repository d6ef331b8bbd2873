"""Pages of every kind, and what several tests of pages ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import detente
from detente import study
from detente.analysis import Findings
from detente.catalog import slugs
from detente.record import Record, Standing
from detente.record.actors import Source
from detente.record.entries import Agreement, Mechanism, Question
from detente.record.entries import Statement as Said
from detente.study import PageQuestion
from tests.pages import (
    Element,
    read_page,
)

JCPOA = "jcpoa-2021"
PERIOD = ("2021-06-01", "2021-10-30")
PD = Path(__file__).parent / "models" / "prisoners-dilemma.yaml"
GMCR = Path(__file__).parent / "gmcr" / "quarry.gmcr"
NAMES = {
    "nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sseq": "SSEQ", "sim": "SIM",
}  # fmt: skip
#: the strictest first
STRICT = ("nash", "sseq", "seq", "smr", "gmr")


@cache
def html_of(path: str, question: PageQuestion | None = None) -> str:
    return study.page_of(path, question).html


@cache
def page_of(path: str, question: PageQuestion | None = None) -> Element:
    return read_page(html_of(path, question))


@cache
def findings_of(path: str) -> Findings:
    return detente.analyze(path)


@cache
def record_of(path: str) -> Record:
    return study.open_record(path)


#: one of every kind of page
PAGES: dict[str, tuple[str, PageQuestion | None]] = {
    **{slug: (slug, None) for slug in slugs()},
    "everything": (
        JCPOA,
        PageQuestion(far_sight=2, period=PERIOD, target="iran.monitoring"),
    ),
    "as iran": (JCPOA, PageQuestion(viewpoint="iran")),
    "known by": (JCPOA, PageQuestion(known_by="2019-06-01")),
    "years before": (JCPOA, PageQuestion(on="2016-02-01")),
    "gmcr": (str(GMCR), None),
    "file": (
        str(PD),
        PageQuestion(status_quo="1", sim=False, coalitions=True, coalition="row,col"),
    ),
}
any_page = pytest.mark.parametrize("name", PAGES)


def read(name: str) -> Element:
    return page_of(*PAGES[name])


def said_by(entry: Any) -> Iterator[str]:
    """The words of an entry that are told as they are."""
    for key in ("what", "question"):
        yield from filter(None, [getattr(entry, key, None)])
    if isinstance(entry, Agreement | Mechanism):
        yield entry.name
    if isinstance(entry, Source):
        yield entry.title
    if isinstance(entry, Said):
        yield from (quote.text for quote in entry.quote)
        yield from filter(None, [entry.condition])
    if isinstance(entry, Question):
        yield from (view.what for view in entry.views)


def states_of(standing: Standing) -> dict[str, str]:
    found = {one.agreement.id: one.state for one in standing.agreements}
    found |= {one.measure.id: one.state for one in standing.measures}
    found |= {one.commitment.id: one.state for one in standing.commitments}
    return {id_: state.replace("-", " ") for id_, state in found.items()}


def two_times() -> tuple[dict[str, Any], dict[str, Any]]:
    """A record that was known by 2020, and a model; what was said later has the word `unheard`."""

    def late(**keys: Any) -> dict[str, Any]:
        return {"reported": "2021-01-01", **keys}

    record = {
        "actors": {"north": "North", "south": "South"},
        "sources": {
            "first": {"title": "A quiet paper", "date": "2018-01-01", "url": "http://first.example"},
            "second": {
                "title": "An unheard paper", "date": "2021-01-01", "author": "Unheard author",
                "publisher": "Unheard publisher", "url": "http://unheard.example",
                "wording": {"unheard-of": 2},
            },
        },
        "quantities": {"ore": {"name": "Ore", "unit": "t"}},
        "relations": {
            "r1": late(who="north", kind="unheard", to="south", what="An unheard tie")
        },
        "agreements": {
            "pact": {
                "name": "The quiet pact",
                "sources": "first",
                "parties": [
                    {"party": "north", "from": "2018-01-01"},
                    late(party="south", **{"from": "2018-02-01"}, note="unheard"),
                ],
                "milestones": {
                    "signed": {"date": "2018-01-01", "name": "The quiet signing"},
                    "broken": late(date="2020-12-01", name="The unheard breach"),
                },
                "status": {"from": "2018-01-01"},
            },
            "second_pact": late(name="The unheard pact", status={"from": "2020-11-01"}),
        },
        "commitments": {
            "cap": {
                "agreement": "pact", "debtors": "south", "what": "A quiet limit",
                "starts": "signed", "lasts": "P9Y", "sources": ["first", "second"],
                "limit": {
                    "quantity": "ore", "value": "<= 10 t",
                    "readings": [late(kind="estimate", according_to="south")],
                },
            },
            "duty": {
                "agreement": "pact", "debtors": "north", "what": "A quiet duty", "starts": "signed",
                "performance": [
                    {"state": "kept", "from": "2018-01-01", "according_to": "north"},
                    late(
                        state="not-performed", according_to="south", sources="second",
                        **{"from": "2018-01-01"}, what="An unheard breach",
                    ),
                ],
            },
            "other": late(debtors="north", what="An unheard duty", agreement="second_pact"),
        },
        "mechanisms": {
            "snap": {
                "name": "The quiet clock", "agreement": "pact",
                "steps": [{"what": "Step", "by_day": 30}],
                "runs": [late(started="2019-05-06", what="An unheard run", by="south")],
            },
        },
        "measures": {
            "ban": {
                "by": "north", "what": "A quiet ban",
                "status": [
                    {"from": "2018-06-01", "according_to": "north", "sources": "first"},
                    late(
                        state="not-in-force", according_to="south", sources="second",
                        what="An unheard account", **{"from": "2019-03-04"},
                    ),
                ],
            },
            "toll": {"by": "south", "what": "An unheard toll", "status": {"from": "2020-05"}},
        },
        "events": {
            "e1": {"what": "A quiet event", "date": "2018-03-01", "sources": ["first", "second"]},
            "e2": late(what="An unheard event", date="2018-03-02", place="Unheard place"),
            "e3": {"what": "An unheard event too", "date": "2021-02-02"},
            "e4": {
                "what": "A quiet event of two dates",
                "date": ["2018-04-04", late(date="2020-08-09", phase="unheard")],
            },
        },
        "observations": {
            f"o{k}": {"quantity": "ore", "of": "south", "value": f"{k} t", "observer": "north",
                      "as_of": f"2018-0{k}-15"}
            for k in range(1, 6)
        } | {
            "o8": late(quantity="ore", of="south", value="888 t", observer="south",
                       as_of="2019-08-01", words="unheard"),
        },
        "statements": {
            "s1": {"kind": "demand", "speaker": "north", "to": "south", "date": "2019-01-01",
                   "what": "A quiet demand"},
            "s2": {"kind": "refusal", "speaker": "south", "date": "2020-09-01", "answers": "s1",
                   "what": "An unheard refusal", "quote": "Unheard words", "sources": "second"},
        },
        "questions": {
            "q1": {
                "question": "A quiet question?", "raised": "2019-02-01", "about": ["ban", "e2"],
                "views": [
                    {"view": "A quiet answer", "according_to": "north", "held": "2019-02-01"},
                    late(view="An unheard answer", according_to="south", sources="second"),
                ],
            },
            "q2": {"question": "An unheard question?", "raised": "2020-12-01", "views": []},
        },
    }  # fmt: skip
    model = {
        "title": "Two times",
        "decision_makers": {
            "north": {
                "options": {"stay": {"name": "Stay", "because": ["e1", "e2"]}},
                "priorities": [
                    {"priority": "not south.go", "because": ["s1", "s2"], "holds_when": "ban"},
                    "stay",
                ],
            },
            "south": {"options": {"go": "Go"}, "priorities": ["north.stay", "go"]},
        },
        "status_quo": ["south.go"],
    }
    return model, record


def dms(**parts: Any) -> dict[str, Any]:
    return {"decision_makers": parts}


def assert_readable(page: Element) -> None:
    """Language, landmarks, headings, tables, pictures and regions are told to every reader."""
    assert page["lang"] == "en"
    assert page.only("head").only("title").children
    for tag in ("h1", "header", "nav", "main", "footer"):
        assert len(page.all(tag)) == 1
    body = page.only("body")
    first = next(child for child in body.children if isinstance(child, Element))
    assert (first.tag, first["href"]) == ("a", f"#{page.only('main')['id']}")
    assert page.only("nav")["aria-label"]
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, (before, after)
    for one in page.all("h1", "h2", "h3", "h4"):
        assert one.text
    for grid in page.all("table"):
        assert grid.children[0] or grid.children[1]
        captions = grid.all("caption")
        assert len(captions) == 1
        assert captions[0].text
        heads = grid.only("thead").all("th", "td")
        assert heads
        assert all(one.tag == "th" and one["scope"] == "col" and one.text for one in heads)
        for row in grid.only("tbody").all("tr"):
            cells = row.all("th", "td")
            assert len(cells) == len(heads)
            for head in (one for one in cells if one.tag == "th"):
                assert head["scope"] == "row"
                assert head.text
        rows = grid.only("tbody").all("tr")
        assert sum(len(row.all("th")) == 1 for row in rows) >= len(rows) - 1
        assert any("scroll" in one.get("class").split() for one in grid.above())
    for picture in page.all("svg"):
        assert picture["role"] == "img"
        assert picture["aria-label"].strip(" .")
        words = [one for one in picture.children if isinstance(one, Element)]
        assert [one.tag for one in words[:2]] == ["title", "desc"]
        (figure,) = [one for one in picture.above() if one.tag == "figure"]
        assert figure.only("figcaption").text
    regions = [one for one in page.all("div") if "scroll" in one.get("class").split()]
    for region in regions:
        assert region["tabindex"] == "0"
        assert region["role"] == "region"
        assert region["aria-label"].strip()
    # regions are told apart from one another, and from the part of the page they stand in
    told = [one["aria-label"] for one in regions]
    told += [part.only("h2").text for part in page.all("section")]
    assert not [one for one, times in Counter(told).items() if times > 1]
    for one in page.walk():
        if one not in regions:
            assert "tabindex" not in one.attributes
        assert one.tag not in ("li",) or one.parent is None or one.parent.tag in ("ul", "ol")


def luminance(colour: str) -> float:
    """As in WCAG 2.1, "relative luminance"."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


SIX = {
    **dms(
        **{
            f"side_{k}": {
                "name": f"The delegation of side {k}",
                "options": {"give": f"Give what the side after {k} asks for"},
                "priorities": [f"side_{(k + 1) % 6}.give", f"side_{(k + 2) % 6}.give"],
            }
            for k in range(6)
        }
    ),
    "status_quo": [],
}


def all_of_it(say: Callable[[str], str], address: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A model and a record that have a text in every field that takes one."""
    note, by = say("note"), say("judge")

    def part(**keys: Any) -> dict[str, Any]:
        return {"note": note, "sources": [{"source": "gazette", "at": say("page")}], **keys}

    record = {
        "actors": {
            "north": part(name=say("north"), aliases=[{"alias": say("alias"), "loaded": "true"}]),
            "south": {"name": say("south"), "aliases": say("other alias")},
            "mira": {"name": say("mira"), "kind": "person",
                     "roles": part(office=say("office"), of="north", **{"from": "2019-01-01"})},
        },
        "sources": {
            "gazette": {
                "title": say("title"), "publisher": say("publisher"), "author": say("author"),
                "url": address, "date": "2020-03-02", "kind": say("kind"), "note": note,
                "wording": {say("loaded"): 3}, "furniture": say("menu"), "fact": say("fact"),
            },
        },
        "relations": {"tie": part(who="north", kind=say("tie"), to="south", what=say("bond"))},
        "agreements": {
            "pact": part(
                name=say("pact"),
                parties=["north", part(party="south", **{"from": "2019-01-01"})],
                milestones={
                    "signed": part(date="2019-01-01", name=say("signing")),
                    "review": part(counts="signed + P5Y", name=say("review")),
                },
                status=[part(**{"from": "2019-01-01"}, what=say("status"))],
            ),
        },
        "commitments": {
            "cap": part(
                agreement="pact", debtors="south", what=say("cap"), condition=say("if"),
                starts="signed", lasts="P9Y", scope=[say("scope")],
                limit={"quantity": "ore", "value": "<= 10 t",
                       "readings": part(kind="estimate", according_to="south")},
            ),
            "duty": part(
                agreement="pact", debtors="north", what=say("duty"), starts="signed",
                performance=[
                    part(state="kept", according_to="north", what=say("own account")),
                    part(state="not-performed", according_to="south", what=say("account")),
                ],
            ),
        },
        "mechanisms": {
            "snap": part(
                name=say("snap"), agreement="pact",
                steps=[{"what": say("step"), "body": say("body"), "by_day": 900,
                        "parallel": say("beside"), "extendable": say("longer"),
                        "otherwise": say("else")}],
                runs=part(started="2020-07-01", by="north", what=say("run"),
                          status=part(state="void", according_to="south", what=say("void"))),
            ),
        },
        "measures": {
            "ban": part(
                by="north", what=say("ban"), authority=say("law"), exceptions=say("but"),
                targets=[{"name": say("target"), "list_id": say("number"), "note": note}],
                status=[
                    part(according_to="north", what=say("in force"), **{"from": "2020-01-01"}),
                    part(state="not-in-force", according_to="south", what=say("not"),
                         **{"from": "2020-01-01"}),
                ],
            ),
        },
        "events": {
            "storm": part(
                what=say("storm"), who="north", place=say("place"), series=say("series"),
                date=[part(date="2020-04-01", phase=say("phase"), according_to="south"),
                      "2020-04-02"],
            ),
        },
        "quantities": {"ore": {"name": say("ore"), "unit": "t", "note": note}},
        "observations": {
            f"o{k}": part(quantity="ore", of="south", value=f"{9 + k} t", as_of=f"2020-0{k}-01",
                          observer="north", words=say("words"))
            for k in range(1, 5)
        } | {"large": part(quantity="ore", words=say("large"), as_of="2020-09-01")},
        "statements": {
            "ask": part(
                kind="demand", speaker="north", on_behalf=None, to="south", date="2020-03-20",
                what=say("demand"), by_office=say("office"), condition=say("unless"),
                place=say("room"), medium=say("radio"), dated={"words": say("on Monday")},
                likelihood=say("likely"), quote=[{"text": say("quote"), "edited": "true"}],
                called=part(kind=say("threat"), according_to="south"), due="2021-12-01",
            ),
            "yes": part(kind="refusal", speaker="south", date="2020-10-20", answers="ask",
                        what=say("refusal")),
        },
        "questions": {
            "who": part(
                question=say("question"), about=["ban", "cap", "storm"], raised="2020-02-01",
                views=[part(view=say("view"), according_to="north", what=None),
                       part(view=say("other view"), according_to="south", what=None)],
            ),
        },
    }  # fmt: skip
    del record["statements"]["ask"]["on_behalf"]
    for view in record["questions"]["who"]["views"]:
        del view["what"]
    because = {"because": ["storm", "ban", "pact.signed"], "according_to": by, "note": note}
    model = {
        "title": say("conflict"),
        "note": say("remark"),
        "decision_makers": {
            "north": {
                "name": say("northern side"),
                "options": {
                    "stay": {"name": say("stay"), **because},
                    "rate": {"name": say("rate"), "levels": {"lo": say("low"), "hi": say("high")}},
                },
                "priorities": [
                    {"priority": "not south.go", "holds_when": "storm", **because},
                    {"priority": "stay iff rate is lo", **because},
                ],
            },
            "south": {
                "name": say("southern side"),
                "options": {"go": {"name": say("go"), **because}},
                "weights": {"north.stay": {"weight": "3", **because}, "go": "2"},
            },
        },
        "infeasible": [{"expression": "south.go and north.rate is hi and north.stay", **because}],
        "status_quo": [
            {"option": "south.go", **because},
            {"option": "north.rate is lo", **because},
        ],
        "deals": {"calm": {"name": say("calm"), "deal": "north.stay", "by": "south", **because}},
        "as_seen_by": {
            "south": {"decision_makers": {"north": {"priorities": ["not south.go"]}}, **because}
        },
    }
    return model, record
