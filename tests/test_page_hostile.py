"""Text from a dossier stays text, on pages and in figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.dom import minidom

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente import study
from detente.report import (
    plot_deals,
    plot_evolution,
    plot_quantity,
    plot_replay,
    plot_stability,
    plot_timeline,
)
from detente.report.figures.figure import Figure
from detente.study import PageQuestion
from tests.pages import (
    Element,
    anchored,
    linked_to,
    read_page,
    shape,
    written,
)
from tests.told import (
    all_of_it,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "--><!--",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus tabindex='0",
    "</style><style>@import 'http://evil.example'",
    "</title></svg></p></li></ul></table></main>",
    "&lt;b&gt; &amp;#60; &#x3c;i&#x3e; &",
    "{{ 7 * 7 }} {% raw %} {# x #} ${7*7} %s {0}",
    "\u202eback \u2066isolated \u2069\u202c \u202a\u202b\u202d \u2067\u2068",
    "\u200f\u200e \u05e9\u05dc\u05d5\u05dd \u0627\u064a\u0631\u0627\u0646",
    "\ufdd0s\ufdd10\ufdd1",
    "\ufdd2 \ufdd1 \ufdd0e\ufdd1storm\ufdd1",
    "\ufdd0s\ufdd1nonsense\ufdd1text\ufdd2 \ufdd0x\ufdd1\ufdd1\ufdd2",
    "\x01\x1b[31m\x7f\x85\ufffe\uffff",
    "🏛\u200d👩\ufe0f 💥",
    "a\u0301\u0302\u0303" * 40,
    "x" * 10_000,
    "<" * 10_000,
    "word " * 2_000,
    "line\nbreak\ttab\u2028\u2029",
    "javascript:alert(1)",
    "T01 storm E1 x1",
]
ADDRESSES = [
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example",
    "",
]
OUTSIDE = ['http://x.example/"><script>', "https://x.example/?a=1&b='\u202e<", "HTTP://x.example"]


DAY = PageQuestion(
    on="2021-06-01", coalitions=True, far_sight=2, period=("2020-01-01", "2020-06-01")
)


def page_with(folder: Path, say: Callable[[str], str], address: str) -> str:
    model, record = all_of_it(say, address)
    return study.page_of(
        str(written(folder, model=model, record=record, title=say("dossier"))), DAY
    ).html


@cache
def harmless(*, linked: bool = False) -> Element:
    """The page of the same dossier with words, its source with an address or without."""
    address = "http://x.example" if linked else "nowhere"
    with TemporaryDirectory() as folder:
        return read_page(page_with(Path(folder), "word {}".format, address))


def assert_still_text(html: str, plain: Element, text: str) -> None:
    page = read_page(html)
    assert shape(page) == shape(plain)
    pictures = [one for one in page.walk() if one.inside("svg")]
    assert {one.tag for one in pictures} <= {one.tag for one in plain.walk()} | {"path", "circle"}
    assert {key for one in pictures for key in one.attributes} <= {
        key for one in plain.walk() for key in one.attributes
    } | {"rx", "stroke-dasharray", "text-anchor", "font-weight", "transform", "stroke-width"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", html)
    html.encode()
    assert linked_to(page) == linked_to(plain)
    assert set(anchored(page)) == set(anchored(plain))
    # what can be shown is shown, all of it
    if not re.search("[^\t\n -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]", text):
        shown = " ".join(re.sub("[\u202a-\u202e\u2066-\u2069]", "", text).split())
        assert page.text.count(shown) > 40


WORST = st.text(
    st.one_of(st.sampled_from("<>&\"'`=/-![]{}%#\\;:\ufdd0\ufdd1\ufdd2se0\u202e\u2066\n "),
              st.characters(exclude_categories=["Cs"])),
    min_size=1, max_size=40,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[1:30])
def test_no_text_of_a_dossier_breaks_out_of_the_page(text: str, tmp_path: Path) -> None:
    for k, say in enumerate((f"{text}{{}}".replace, f"x{text}".replace)):
        html = page_with(tmp_path / str(k), lambda field, put=say: put("{}", field, 1), "nowhere")
        assert_still_text(html, harmless(), text)


@pytest.mark.parametrize("address", [*ADDRESSES, *OUTSIDE])
def test_only_an_address_of_the_web_becomes_a_link(address: str, tmp_path: Path) -> None:
    html = page_with(tmp_path, "word {}".format, address)
    assert_still_text(html, harmless(linked=address in OUTSIDE), "word")
    hrefs = [one["href"] for one in read_page(html).all("a") if one["href"][0] != "#"]
    assert hrefs == [re.sub("\u202e", "", address)] * (address in OUTSIDE)


@given(text=WORST)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_at_all_breaks_out_of_the_page(text: str, tmp_path: Path) -> None:
    html = page_with(tmp_path, lambda field: f"{text} {field}", "nowhere")
    assert_still_text(html, harmless(), text)


def test_forged_marks_are_no_links(tmp_path: Path) -> None:
    text = "\ufdd0s\ufdd10\ufdd1state 99\ufdd2 \ufdd0e\ufdd1storm\ufdd1E99\ufdd2"
    html = page_with(tmp_path, lambda field: f"{text} {field}", "nowhere")
    assert_still_text(html, harmless(), text)


def figures_with(folder: Path, say: Callable[[str], str]) -> dict[str, Figure]:
    model, record = all_of_it(say, "nowhere")
    path = str(written(folder, model=model, record=record, title=say("dossier")))
    findings = detente.analyze(path, also=["evolution"])
    opened = study.open_record(path)
    return {
        "stability": plot_stability(findings),
        "deals": plot_deals(findings),
        "evolution": plot_evolution(findings),
        "replay": plot_replay(study.replay(path, "2020-01-01", "2020-06-01")),
        "timeline": plot_timeline(opened, on="2020-06-01"),
        "quantity": plot_quantity(opened, "ore", on="2020-06-01"),
    }


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_no_text_of_a_dossier_breaks_out_of_a_picture(text: str, tmp_path: Path) -> None:
    found = figures_with(tmp_path, lambda field: f"{text} {field}")
    assert len(found) == 6
    allowed = {"svg", "title", "desc", "style", "rect", "line", "circle", "path", "text"}
    for figure in found.values():
        for drawn in (figure.svg, figure.inline):
            document = minidom.parseString(drawn)  # noqa: S318 - made here
            tags = {node.tagName for node in document.getElementsByTagName("*")}
            assert tags <= allowed
            for node in document.getElementsByTagName("*"):
                names = set(node.attributes.keys())
                assert not {name for name in names if name.startswith("on") or "href" in name}
            assert not re.search("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]", drawn)
        assert json.loads(json.dumps(figure.data(), ensure_ascii=True))
