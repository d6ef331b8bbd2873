"""Tables: every row says what the result says, in Python, as CSV, as a frame, on the screen."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import detente
from detente.analysis.replay import Replay
from detente.errors import DetenteError
from detente.record.timeline import Item
from detente.report import Table, findings_data, table, tables_of
from detente.report.data.replay import replay_data
from detente.report.data.standing import standing_data, timeline_data
from detente.report.listing.model import priorities_table
from detente.report.tables import Column, text_of

EVERYTHING: Any = ("evolution", "unlock", "coalitions")

#: levels, one-way options, weights, a ranking, evidence, and a status quo that rests on something
BAZAAR = """
title: Bazaar
decision_makers:
  seller:
    options:
      price: {name: Price, levels: {low: Low, high: High}, because: [P1, P2], according_to: shop}
      wrap: {name: Wrap, change: take}
    weights: {seller.price is high: 2}
  buyer:
    options: {buy: Buy}
    ranking: ["YNNY", ["YNNN", "YNYN", "YNYY"], ["NYNN", "NYNY", "NYYN", "NYYY"]]
status_quo: [seller.price is high, {option: buyer.buy, because: B1}]
"""


@pytest.fixture(scope="module")
def dilemma() -> detente.Findings:
    """Return findings of which everything was asked."""
    return detente.analyze(
        "prisoners-dilemma", also=EVERYTHING, far_sight=3, target="a.cooperate and b.cooperate"
    )


@pytest.fixture(scope="module")
def elmira() -> detente.Findings:
    return detente.analyze("elmira", also=EVERYTHING, far_sight=2, status_quo="5")


@pytest.fixture(scope="module")
def flagship() -> detente.Findings:
    return detente.analyze("jcpoa-2021")


@pytest.fixture(scope="module")
def record() -> detente.Record:
    return detente.load_record(detente.load_entry("jcpoa-2021").folder)


@pytest.fixture(scope="module")
def replayed() -> Replay:
    return detente.replay("jcpoa-2021", "2018-05-01", "2018-11-30")


@pytest.fixture(scope="module")
def every_table(
    dilemma: detente.Findings,
    elmira: detente.Findings,
    flagship: detente.Findings,
    record: detente.Record,
    replayed: Replay,
) -> list[Table]:
    results: list[Any] = [dilemma, elmira, flagship, flagship.table, replayed]
    results += [record.as_of("2020-10-01"), record.as_of("2021-10-30", viewpoint="usa")]
    results += [detente.timeline(record)]
    return [one for result in results for one in tables_of(result)]


def rows(result: Any, name: str | None = None) -> list[dict[str, Any]]:
    return [dict(row) for row in table(result, name).to_rows()]


def picked(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return the columns ``prefix.DM`` of a row by decision maker."""
    return {key[len(prefix) :]: cell for key, cell in row.items() if key.startswith(prefix)}


# -- findings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dilemma", "elmira", "flagship"])
def test_the_table_of_states_says_what_json_says(name: str, request: pytest.FixtureRequest) -> None:
    findings = request.getfixturevalue(name)
    data = findings_data(findings)
    found = rows(findings, "states")
    for row, state in zip(found, data["states"], strict=True):
        number = state["number"]
        assert row["state"] == number
        assert picked(row, "rank.") == state["ranks"]
        if state["pattern"]:
            assert row["pattern"] == state["pattern"]
            assert list(row["taken"]) == state["taken"]
        else:
            assert (row["id"], row["name"]) == (state["id"], state["name"])
        for concept, stable in data["stable"].items():
            if stable:
                assert row[concept] == (number in data["equilibria"][concept])
                holders = [dm for dm, states in stable.items() if number in states]
                assert list(row[f"{concept}_for"]) == holders
        deal = number in data["diagnosis"]["zone"]
        equilibrium = any(number in states for states in data["equilibria"].values())
        kind = "deal" if deal else "equilibrium" if equilibrium else None
        assert row["kind"] == ("now" if number == data["status_quo"] else kind)


@pytest.mark.parametrize("name", ["dilemma", "elmira", "flagship"])
def test_the_tables_of_deals_say_what_json_says(name: str, request: pytest.FixtureRequest) -> None:
    findings = request.getfixturevalue(name)
    data = findings_data(findings)
    ranks = {state["number"]: state["ranks"] for state in data["states"]}
    words = detente.Words.of(findings)
    for row, deal in zip(rows(findings, "deals"), data["diagnosis"]["deals"], strict=True):
        assert {key: row[key] for key in ("state", "reach", "exposure", "efficient")} == {
            key: deal[key] for key in ("state", "reach", "exposure", "efficient")
        }
        assert list(row["exposed"]) == deal["exposed"]
        assert picked(row, "holds.") == deal["holds"]
        assert picked(row, "rank.") == ranks[deal["state"]]
        assert row["words"] == words.state(deal["state"] - 1)
    for row, answer in zip(rows(findings, "named_deals"), data["deals"], strict=True):
        same = ("id", "name", "state", "states", "in_zone", "reachable", "verdict")
        assert {key: row[key] for key in same} == {key: answer[key] for key in same}
        assert list(row["by"]) == answer["by"]
        assert list(row["because"]) == answer["because"]
        assert list(row["refused_by"]) == [one["dm"] for one in answer["refused_by"]]
        assert (row["answer"] == "refused") == bool(answer["refused_by"])


def test_the_tables_of_the_model_say_what_its_file_says(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(BAZAAR, encoding="utf-8")
    findings = detente.analyze(str(tmp_path / "model.yaml"))
    options = [tuple(row.values()) for row in rows(findings, "options")]
    assert options == [
        (
            "seller",
            "price",
            ("low", "high"),
            "both",
            None,
            "high",
            ("P1", "P2"),
            "shop",
            (),
            "Price",
        ),
        ("seller", "wrap", (), "take", False, None, (), None, (), "Wrap"),
        ("buyer", "buy", (), "both", True, None, (), None, ("B1",), "Buy"),
    ]
    priorities = [tuple(row.values()) for row in rows(findings, "priorities")]
    assert priorities == [
        ("seller", 1, "weight", 2, (), None, "seller.price is high"),
        ("buyer", 1, "ranking", None, (), None, "YNNY"),
        ("buyer", 2, "ranking", None, (), None, "YNNN, YNYN, YNYY"),
        ("buyer", 3, "ranking", None, (), None, "NYNN, NYNY, NYYN, NYYY"),
    ]


def test_priorities_come_with_what_they_rest_on(flagship: detente.Findings) -> None:
    found = rows(flagship, "priorities")
    conflict = flagship.conflict
    statements = [
        (dm.id, k + 1, statement)
        for dm in conflict.decision_makers
        for k, statement in enumerate(dm.preference.statements)  # type: ignore[union-attr]
    ]
    for row, (dm, number, statement) in zip(found, statements, strict=True):
        assert (row["dm"], row["number"], row["kind"]) == (dm, number, "priority")
        assert row["wants"] == conflict.expression_text(statement.expression)
        assert row["because"] == statement.evidence.because
        assert row["according_to"] == statement.evidence.according_to
    assert any(row["because"] for row in found)


def test_a_weight_that_is_no_whole_number_is_a_number_all_the_same() -> None:
    conflict = detente.parse_model(
        "decision_makers: {a: {options: {x: X}, weights: {x: 0.25, not x: -3}}}"
    )
    weights = [weight for _, weight in conflict.decision_makers[0].preference.statements]  # type: ignore[union-attr]
    assert weights == [Fraction(1, 4), -3]
    assert [row["weight"] for row in priorities_table(conflict).to_rows()] == [0.25, -3]


@pytest.mark.parametrize("name", ["dilemma", "elmira"])
def test_the_table_of_evolution_counts_the_steps_of_a_shortest_way(
    name: str, request: pytest.FixtureRequest
) -> None:
    findings = request.getfixturevalue(name)
    ids = findings.conflict.dm_ids
    for row in rows(findings, "evolution"):
        for column in ("improvements", "moves"):
            way = getattr(findings.outlook, column).path(row["state"] - 1)
            assert row[column] == (None if way is None else len(way))
            if way:
                assert ids[way[-1].dm] in row[f"{column}_by"]
            else:
                assert row[f"{column}_by"] == ()


@pytest.mark.parametrize("name", ["dilemma", "elmira"])
def test_the_tables_of_far_sight_coalitions_and_changes_say_what_json_says(
    name: str, request: pytest.FixtureRequest
) -> None:
    findings = request.getfixturevalue(name)
    data = findings_data(findings)
    far = data["far_sight"]
    expected = [
        (concept, int(ahead), state)
        for concept in ("maximin", "limited_move")
        for ahead, found in far[concept].items()
        for state in found["equilibria"]
    ]
    if far["non_myopic"] is not None:
        expected += [("non_myopic", None, state) for state in far["non_myopic"]["equilibria"]]
    assert [tuple(row.values()) for row in rows(findings, "far_sight")] == expected
    for row in rows(findings, "coalitions"):
        for concept, states in data["coalitions"]["universal"].items():
            assert row[concept] == (row["state"] in states)
            by_dm = data["coalitions"]["stable"][concept]
            holders = [dm for dm, stable in by_dm.items() if row["state"] in stable]
            assert list(row[f"{concept}_for"]) == holders
    unlock = data["diagnosis"]["unlock"]
    assert [(row["cost"], row["verdict"], row["changes"]) for row in rows(findings, "unlock")] == [
        (way["cost"], way["verdict"], "; ".join(way["changes"])) for way in unlock
    ]


def test_only_what_was_looked_at_has_a_table() -> None:
    names = [one.name for one in tables_of(detente.analyze("chicken"))]
    assert names == ["states", "deals", "named_deals", "options", "priorities"]
    assert [one.name for one in tables_of(detente.analyze("elmira"))] == [
        "states", "deals", "named_deals", "priorities",
    ]  # fmt: skip
    # without a status quo there is nothing to agree to, and the tables are there all the same
    assert len(table(detente.analyze("milk-river"), "deals")) == 0


def test_tables_of_every_state_are_given_above_the_limit_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("detente.report.listing.results.STATES_SHOWN", 3)
    findings = detente.analyze("chicken", also=["evolution"])
    named = [one.name for one in tables_of(findings)]
    assert named == ["deals", "named_deals", "options", "priorities"]
    assert len(tables_of(findings, all_states=True)) == 6
    for name in (None, "states", "evolution"):
        with pytest.raises(DetenteError, match="4 rows"):
            table(findings, name)
        assert len(table(findings, name, all_states=True)) == 4


# -- stability -----------------------------------------------------------------------------------


def test_a_stability_table_alone_counts_decision_makers_from_zero() -> None:
    stability = detente.analyze("cuban-missile-crisis").table
    for row in rows(stability):
        state = row["state"] - 1
        for concept, mask in stability.stable.items():
            assert [row[f"{concept}.{dm}"] for dm in range(2)] == mask[:, state].tolist()
            assert row[concept] == bool(mask[:, state].all())


def test_a_stability_table_of_many_rankings_tells_shares() -> None:
    graph = detente.to_graph(detente.load_entry("chicken").conflict)
    first, second = graph.ranks
    many = graph.with_ranks([np.stack([first, second]), np.stack([second, second])])
    stability = detente.stability_table(many, ["nash"])
    found = table(stability)
    assert "share" in found.title
    for row in found.to_rows():
        state = int(row["state"]) - 1  # type: ignore[arg-type]
        mask = stability.stable["nash"][:, :, state]
        assert row["nash.1"] == mask[:, 1].mean()
        assert row["nash"] == mask.all(axis=1).mean()


def test_a_stability_table_of_no_concept_has_no_rows() -> None:
    graph = detente.to_graph(detente.load_entry("chicken").conflict)
    assert len(table(detente.stability_table(graph, []))) == 0


# -- the record ----------------------------------------------------------------------------------

#: what the tables call otherwise than JSON
OTHERWISE = {"on_behalf": "for"}


@pytest.mark.parametrize("viewpoint", [None, "usa", "iran"])
def test_the_tables_of_a_standing_say_what_json_says(
    viewpoint: str | None, record: detente.Record
) -> None:
    standing = record.as_of("2020-10-01", known_by="2021-06-01", viewpoint=viewpoint)
    data = standing_data(standing)
    compared = {
        "agreements": ("id", "state", "name"),
        "measures": ("id", "state", "by", "what"),
        "commitments": ("id", "state", "debtors", "start", "end", "supported", "what"),
        "demands": (
            "id", "state", "date", "speakers", "on_behalf", "to", "according_to", "sources", "what",
        ),
        "offers": ("id", "state", "date", "speakers", "on_behalf", "to", "sources", "what"),
        "clocks": ("id", "state", "started", "by", "step", "step_ends", "ends", "mechanism"),
        "due": ("date", "id", "what"),
        "offices": ("person", "office", "of", "since", "supported"),
        "contested": ("id", "about", "question"),
    }  # fmt: skip
    assert compared.keys() <= {one.name for one in tables_of(standing)}
    for name, keys in compared.items():
        for row, entry in zip(rows(standing, name), data[name], strict=True):
            for key in keys:
                cell = list(row[key]) if isinstance(row[key], tuple) else row[key]
                assert cell == entry[OTHERWISE.get(key, key)], (name, key)
    parties = [
        (agreement["id"], party["actor"], party["state"])
        for agreement in data["agreements"]
        for party in agreement["parties"]
    ]
    assert [tuple(row.values()) for row in rows(standing, "parties")] == parties
    for row in rows(standing, "agreements"):
        inside = [actor for id_, actor, state in parties if id_ == row["id"] and state == "in"]
        assert list(row["parties"]) == inside
    for row, owed in zip(rows(standing, "commitments"), data["commitments"], strict=True):
        seen = owed["observation"] or {"id": None, "as_of": None}
        assert (row["observation"], row["as_of"]) == (seen["id"], seen["as_of"])


def test_every_account_of_everything_has_its_own_row(record: detente.Record) -> None:
    standing = record.as_of("2020-10-01")
    data = standing_data(standing)
    things = [
        *((one["id"], one["accounts"]) for one in data["agreements"]),
        *(
            (f"{one['id']}.{party['actor']}", party["accounts"])
            for one in data["agreements"]
            for party in one["parties"]
        ),
        *((one["id"], one["accounts"]) for one in data["measures"]),
        *((one["id"], one["accounts"]) for one in data["commitments"]),
        *((one["id"], one["accounts"]) for one in data["clocks"]),
        *((one["id"], one["views"]) for one in data["contested"]),
    ]
    expected = [
        (entry, one["holder"], one.get("state"), one["since"], one["until"], one["certain"],
         tuple(one["sources"]))
        for entry, accounts in things
        for one in accounts
    ]  # fmt: skip
    keys = ("entry", "holder", "state", "since", "until", "certain", "sources")
    found = [tuple(row[key] for key in keys) for row in rows(standing, "accounts")]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    # the sides differ on whether the measures of the Council had come back
    views = {
        row["holder"]: row["state"] for row in rows(standing, "accounts") if row["entry"] == "S01"
    }
    assert (views["usa"], views["iran"]) == ("in-force", "not-in-force")


def test_the_table_of_a_timeline_says_what_json_says(record: detente.Record) -> None:
    items = detente.timeline(record)
    for row, entry in zip(rows(items), timeline_data(items)["entries"], strict=True):
        odds = "; ".join(
            f"{one['entry']}: {one['what']} {one['said']}, there {one['found']}"
            for one in entry["at_odds"]
        )
        assert (row.pop("at_odds") or "") == odds
        assert (row.pop("what") or "") == entry["what"]
        for key, cell in row.items():
            assert (list(cell) if isinstance(cell, tuple) else cell) == entry[key], key


def test_a_timeline_of_nothing_is_a_table_of_nothing() -> None:
    nothing: list[Item] = []
    assert table(nothing).to_csv().startswith("date,earliest,latest,kind,id")
    assert len(table(nothing)) == 0


def test_the_tables_of_a_replay_say_what_its_transcript_says(replayed: Replay) -> None:
    data = replay_data(replayed)
    deals = rows(replayed, "deals")
    for row, step in zip(rows(replayed), data["steps"], strict=True):
        assert (row["on"], row["verdict"], row["deals"]) == (
            step["on"], step["verdict"], step["zone"],
        )  # fmt: skip
        assert row["status_quo"] == step["status_quo"]
        assert {concept: row[concept] for concept in step["equilibria"]} == step["equilibria"]
        assert (row["turned"] or "") == "; ".join(step["turned"])
        told = {one["id"]: one["answer"] for one in deals if one["on"] == step["on"]}
        assert told == step["deals"]
    facts = [fact for row in rows(replayed) for fact in row["facts"]]
    assert facts == ["E025 happened", "S02 in-force", "E031 happened", "S03 in-force"]


# -- the ways out --------------------------------------------------------------------------------


def test_every_table_names_its_columns_for_programs_and_for_people(
    every_table: list[Table],
) -> None:
    for one in every_table:
        names = [column.name for column in one.columns]
        assert len(set(names)) == len(names)
        for name in names:
            plain = name.partition(".")[0]
            assert plain == plain.lower()
            assert plain.isidentifier()
        assert all(len(row) == len(names) for row in one.rows)
        cells = [cell for row in one.rows for cell in row]
        # no number of NumPy's, which JSON and frames would not know
        assert {type(cell) for cell in cells} <= {str, int, float, bool, tuple, type(None)}
        assert table_of(every_table, one.name).name == one.name


def table_of(tables: list[Table], name: str) -> Table:
    return next(one for one in tables if one.name == name)


def plain(cell: Any) -> str:
    """Return what stands in CSV for a cell, written down once more."""
    if cell is None:
        return ""
    if cell is True or cell is False:
        return {True: "yes", False: "no"}[cell]
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)


def test_csv_read_back_is_the_table(every_table: list[Table]) -> None:
    for one in every_table:
        text = one.to_csv()
        assert text.endswith("\n")
        assert "\r" not in text
        head, *body = csv.reader(io.StringIO(text, newline=""))
        assert head == [column.name for column in one.columns]
        assert body == [[plain(cell) for cell in row] for row in one.rows], one.name


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", 'a"b', "a,b", "a;b", "a\nb",
    "a\rb", "a\r\nb", "", " ", "'", "\x00", "\u202e", "<script>alert(1)</script>", "\ufdd0",
]  # fmt: skip


def test_no_text_becomes_a_formula_or_leaves_its_cell() -> None:
    one = Table("t", "T", (Column("a"), Column("b")), tuple((text, (text,)) for text in HOSTILE))
    _, *body = csv.reader(io.StringIO(one.to_csv(), newline=""))
    for text, row in zip(HOSTILE, body, strict=True):
        formula = text[:1] in set("=+-@\t\r\n\uff1d")
        expected = f"'{text}" if formula and text else text
        assert row == [expected, expected]
    # a number below nothing is no formula
    assert Table("t", "T", (Column("a"),), ((-1,), (-0.5,))).to_csv() == "a\n-1\n-0.5\n"


def test_a_table_is_put_together_from_rows_or_from_columns() -> None:
    by_rows = Table("t", "T", (Column("a"), Column("b")), ((1, None), (2, ("x", "y"))))
    columns: Any = [(Column("a"), [1, 2]), (Column("b"), [None, ("x", "y")])]
    by_columns = Table.of_columns("t", "T", columns)
    assert by_rows == by_columns
    assert by_rows.to_rows() == [{"a": 1, "b": None}, {"a": 2, "b": ("x", "y")}]
    assert list(by_rows) == [(1, None), (2, ("x", "y"))]
    assert [text_of(cell) for cell in (None, True, 1, ("x", "y"))] == ["", "yes", "1", "x, y"]
    with pytest.raises(ValueError, match="shorter"):
        Table.of_columns("t", "T", [(Column("a"), [1, 2]), (Column("b"), [1])])


def stub(name: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """Put a library of that name in place that notes with what it is asked for a frame."""
    asked: list[tuple[Any, Any]] = []
    module = ModuleType(name)
    module.DataFrame = lambda columns, **more: asked.append((columns, more))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, name, module)
    return asked


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_is_made_of_the_columns(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stub(library, monkeypatch)
    one = table(detente.analyze("chicken"), "options")
    one.to_frame(library)
    ((columns, _),) = asked
    assert list(columns) == [column.name for column in one.columns]
    for name, cells in columns.items():
        expected = [row[name] for row in one.to_rows()]
        assert cells == [list(cell) if isinstance(cell, tuple) else cell for cell in expected]


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.filterwarnings("default")
def test_a_real_frame_has_the_rows_of_the_table(library: str, every_table: list[Table]) -> None:
    pytest.importorskip(library)
    for one in every_table:
        frame = one.to_frame(library)
        assert list(frame.columns) == [column.name for column in one.columns]
        assert len(frame) == len(one)
        for name in frame.columns:
            for cell, row in zip(list(frame[name]), one.to_rows(), strict=True):
                expected = row[name]
                if expected is None:
                    assert cell is None or cell != cell  # noqa: PLR0124 - not a number
                elif isinstance(expected, tuple):
                    assert list(cell) == list(expected)
                else:
                    assert cell == expected


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    one = table(detente.analyze("chicken"), "options")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(DetenteError, match="library-missing"):
        one.to_frame("pandas")
    with pytest.raises(DetenteError, match="did you mean 'polars'"):
        one.to_frame("polar")


def test_what_has_no_tables_says_so() -> None:
    with pytest.raises(TypeError, match="Conflict has no tables"):
        tables_of(detente.load_entry("chicken").conflict)
