"""Results show themselves in a notebook: whole, escaped, small, in its own colours."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import detente
from detente.display import Shown, html_of
from detente.report import Table, table
from detente.report.tables import Column

#: what a cell of a notebook may take
MOST_BYTES = 100_000

SCRIPT = "<script>alert('x')</script>"


class Reader(HTMLParser):
    """Reads HTML: which tags there are, whether they nest, what the text is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data
        if "style" not in self.open:
            self.text.append(data)


def read(result: Any) -> Reader:
    html = result._repr_html_()
    assert len(html.encode("utf-8", "strict")) < MOST_BYTES
    found = Reader(html)
    assert "script" not in found.tags
    # light or dark, the notebook's own colours: lines take that of the text, grounds have none
    style = html.partition("</style>")[0]
    coloured = re.findall(r"(?:^|[\s;{])((?:[\w-]*color|background)\s*:[^;}]*)", style)
    assert all("currentColor" in one or one == "background: none" for one in coloured)
    assert len(coloured) == 2
    return found


def every_result() -> list[Any]:
    record = detente.load_record(detente.load_entry("jcpoa-2021").folder)
    flagship = detente.analyze("jcpoa-2021")
    return [
        flagship,
        flagship.table,
        detente.analyze("elmira"),
        detente.analyze("milk-river"),
        record.as_of("2020-10-01"),
        record.as_of("2021-10-30", viewpoint="usa", known_by="2021-09-01"),
        detente.replay("jcpoa-2021", "2018-05-01", "2018-11-30"),
        table(flagship, "states"),
        table(flagship, "options"),
    ]


def test_every_result_shows_itself_and_keeps_its_repr_short() -> None:
    for one in every_result():
        read(one)
        if not isinstance(one, Table):
            assert len(repr(one)) < 300
            assert "\n" not in repr(one)
    diagnosis = detente.analyze("jcpoa-2021").diagnosis
    assert len(repr(diagnosis)) < 300


def test_findings_show_verdict_proof_and_the_states_that_matter() -> None:
    findings = detente.analyze("prisoners-dilemma")
    assert findings.diagnosis is not None
    words = detente.Words.of(findings)
    found = read(findings)
    text = "".join(found.text)
    assert findings.conflict.title in text
    assert words.verdict(findings.diagnosis) in text
    for line in words.witness(findings.diagnosis):
        assert line in text
    head, kinds, *options = found.rows
    assert head == ["decision maker", "option", "1", "4"]
    assert kinds == ["", "", "now", "deal"]
    assert options[:2] == [["A", "Cooperate", "·", "●"], ["B", "Cooperate", "·", "●"]]


def test_a_conflict_given_as_a_graph_shows_the_names_of_its_states() -> None:
    found = read(detente.analyze("elmira"))
    assert found.rows[1][:3] == ["1", "Delay", "now"]


def test_findings_without_a_status_quo_say_so() -> None:
    assert "names no status quo" in "".join(read(detente.analyze("milk-river")).text)


def test_a_standing_tells_as_whom_and_folds_its_tables() -> None:
    record = detente.load_record(detente.load_entry("jcpoa-2021").folder)
    found = read(record.as_of("2021-10-30", viewpoint="usa", known_by="2021-09-01"))
    text = "".join(found.text)
    assert "As things stood on 2021-10-30, as far as known by 2021-09-01; as United" in text
    assert found.tags.count("details") == found.tags.count("table") > 5


def test_a_replay_shows_its_steps() -> None:
    found = read(detente.replay("jcpoa-2021", "2018-05-01", "2018-11-30"))
    assert [row[0] for row in found.rows] == [
        "from", "2018-05-01", "2018-05-08", "2018-08-07", "2018-11-05",
    ]  # fmt: skip


def test_a_table_shows_its_rows_and_how_many_more_there_are() -> None:
    rows = tuple((k, ("a", "b"), True, None) for k in range(1000))
    columns = (Column("n", "number", "right"), Column("who"), Column("yes"), Column("nothing"))
    found = read(Table("t", "Title", columns, rows))
    assert found.rows[0] == ["number", "who", "yes", "nothing"]
    assert found.rows[1] == ["0", "a, b", "yes", ""]
    assert len(found.rows) == 51
    assert "… and 950 more rows" in "".join(found.text)


def test_a_large_stability_table_lists_only_what_is_shown() -> None:
    stable = {"nash": np.zeros((3, 5_000_000), dtype=np.bool_)}
    found = read(detente.StabilityTable(stable))
    assert len(found.rows) == 51
    assert "… and 4,999,950 more rows" in "".join(found.text)


# -- whatever the texts are ----------------------------------------------------------------------


def hostile_model(text: str) -> str:
    quoted = "'" + text.replace("'", "''") + "'"
    dms = "\n".join(
        f"  d{i}: {{name: {quoted}, options: {{{', '.join(f'o{k}: {quoted}' for k in range(4))}}}, "
        f"priorities: [d{(i + 1) % 3}.o0, not d{i}.o0]}}"
        for i in range(3)
    )
    return f"title: {quoted}\ndecision_makers:\n{dms}\nstatus_quo: []\n"


@pytest.mark.parametrize(
    "text",
    [
        SCRIPT,
        "&lt;b&gt;",
        '"' * 3000,
        "{{ 1 + 1 }}{% x %}",
        "\u202e<i>",
        "\u6f22" * 2000,
        "</style>",
    ],
    ids=range(7),
)
def test_names_are_shown_as_they_are_and_cut_where_they_are_long(text: str, tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(hostile_model(text), encoding="utf-8")
    findings = detente.analyze(str(model), also=["evolution"])
    for one in (findings, findings.table, table(findings, "options"), table(findings, "deals")):
        found = read(one)
        assert "i" not in found.tags
        assert "2{%" not in "".join(found.text)
    shown = "".join(read(findings).text)
    assert text.replace("\u202e", "")[:100] in shown
    assert "\u202e" not in shown


def test_a_table_of_the_worst_texts_stays_small() -> None:
    worst = ('"' * 10_000, SCRIPT * 100, "\U0001f600" * 1000)
    columns = tuple(Column(f"c{k}", text) for k, text in enumerate(worst * 30))
    found = read(Table(worst[0], worst[1], columns, (worst * 30,) * 1000))
    assert "more columns" in "".join(found.text)
    assert "more row" in "".join(found.text)


def test_half_a_character_is_replaced() -> None:
    found = read(Table("t", "\ud800", (Column("\ud800"),), (("\ud800",),)))
    assert found.rows[1] == ["\N{REPLACEMENT CHARACTER}"]


# -- what showing leaves alone -------------------------------------------------------------------


def test_what_has_no_way_to_show_itself_shows_its_repr() -> None:
    class Plain(Shown):
        def __repr__(self) -> str:
            return SCRIPT

    html = Plain()._repr_html_()
    assert html.startswith("<pre>&lt;script&gt;")
    assert html_of(1) == "<pre>1</pre>"


def test_results_compare_and_travel_as_before() -> None:
    findings = detente.analyze("chicken")
    one = table(findings, "options")
    for kept in (one, copy.copy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301
        assert kept == one
        assert hash(kept) == hash(one)
    again = pickle.loads(pickle.dumps(findings))  # noqa: S301
    assert repr(again) == repr(findings)
    assert again._repr_html_() == findings._repr_html_()
    with pytest.raises(AttributeError):
        findings.made = None  # type: ignore[misc]
    assert not hasattr(Shown(), "__dict__")


def test_showing_is_registered_by_importing_the_package_and_costs_nothing_before() -> None:
    code = (
        "import sys, detente; from detente.display import html_of\n"
        "kinds = (detente.Findings, detente.StabilityTable, detente.Standing)\n"
        "print(all(html_of.dispatch(kind) is not html_of.dispatch(object) for kind in kinds))\n"
        "print([m for m in ('jinja2', 'markupsafe', 'rich') if m in sys.modules])\n"
        "print('<table>' in detente.analyze('chicken')._repr_html_())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["True", "[]", "True", ""]
