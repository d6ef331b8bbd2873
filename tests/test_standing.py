"""How things stood: the JCPOA dossier asked about days on which the answer is known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.cli import main
from detente.errors import DetenteError
from detente.record import Record, load_record
from detente.record.dates import before, parse_when
from detente.record.entries import SECTIONS, Measure, Statement
from detente.record.record import start_of
from detente.record.standing import CommitmentStanding, MeasureStanding, Standing
from detente.record.timeline import timeline
from detente.report.data.standing import standing_data, timeline_data
from detente.study import open_record
from tests.test_docs import paths, told

FOLDER = Path(detente.__file__).parent / "catalog" / "jcpoa-2021"


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record(FOLDER)


def measure(standing: Standing, id_: str) -> MeasureStanding:
    return next(one for one in standing.measures if one.measure.id == id_)


def commitment(standing: Standing, id_: str) -> CommitmentStanding:
    return next(one for one in standing.commitments if one.commitment.id == id_)


# -- according to whom ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "viewpoint", "state"),
    [
        ("2020-10-01", "usa", "in-force"),
        ("2020-10-01", "iran", "not-in-force"),
        ("2020-10-01", "e3", "not-in-force"),
        ("2020-10-01", "deu", "not-in-force"),
        ("2020-10-01", None, "contested"),
        ("2020-10-01", "isr", "contested"),
        ("2020-10-01", "usa,iran", "contested"),
        ("2020-10-01", "usa@2021-03-01", "not-in-force"),
        ("2020-09-19", "usa", "not-in-force"),
        ("2020-09-20", "usa", "in-force"),
        ("2021-03-01", "usa", "not-in-force"),
        ("2021-03-01", "iran", "not-in-force"),
        ("2021-03-01", "e3", "not-in-force"),
        ("2021-03-01", None, "not-in-force"),
        ("2025-10-19", "e3", "in-force"),
        ("2025-10-19", "usa", "in-force"),
        ("2025-10-19", "iran", "not-in-force"),
        ("2025-10-19", "rus", "not-in-force"),
        ("2025-10-19", "chn", "not-in-force"),
        ("2025-10-19", None, "contested"),
        ("2010-01-01", None, "in-force"),
        ("2006-06-01", None, "unknown"),
        ("2016-01-16", None, "not-in-force"),
    ],
)
def test_the_earlier_un_measures_stand_as_each_side_held(
    record: Record, on: str, viewpoint: str | None, state: str
) -> None:
    assert measure(record.as_of(on, viewpoint=viewpoint), "S01").state == state


def test_without_a_viewpoint_every_account_comes_with_its_holders_and_sources(
    record: Record,
) -> None:
    found = measure(record.as_of("2025-10-19"), "S01")
    told = {holder: view.state for view in found.accounts for holder in view.holders}
    in_force, ended = ["e3", "usa"], ["iran", "rus", "chn"]
    assert told == dict.fromkeys(in_force, "in-force") | dict.fromkeys(ended, "not-in-force")
    assert all(view.sources for view in found.accounts)


def test_no_viewpoint_ever_makes_a_contested_thing_the_view_of_one_side(record: Record) -> None:
    for on in ("2019-06-01", "2020-10-01", "2021-10-30", "2025-10-19"):
        for one in record.as_of(on).measures:
            states = {view.state for view in one.accounts if view.certain}
            assert (one.state == "contested") == (len(states) > 1)


def test_termination_day_lapsed_for_those_who_hold_that_the_snapback_ran_out(
    record: Record,
) -> None:
    def day(on: str, viewpoint: str | None) -> tuple[str, str]:
        stones = [m for a in record.as_of(on, viewpoint=viewpoint).agreements for m in a.milestones]
        found = next(m for m in stones if m.id == "jcpoa.termination_day")
        return found.state, str(found.date)

    assert day("2025-10-19", "e3") == ("lapsed", "2025-10-18")
    assert day("2025-10-19", "iran") == ("passed", "2025-10-18")
    assert day("2025-10-19", None) == ("contested", "2025-10-18")
    assert day("2021-10-30", None) == ("due", "2025-10-18")


# -- limits and clocks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "state", "observation", "as_of"),
    [
        ("2015-12-31", "not-begun", None, None),
        ("2016-02-01", "unknown", None, None),
        ("2016-06-01", "kept", "O03", "2016-05-27"),
        ("2019-06-01", "kept", "O17", "2019-05-20"),
        ("2019-07-15", "exceeded", "O20", "2019-07-10~"),
        ("2021-10-30", "exceeded", "O33", "2021-08-30"),
        ("2031-01-16", "ended", None, None),
    ],
)
def test_the_stock_limit_is_held_against_the_latest_observation(
    record: Record, on: str, state: str, observation: str | None, as_of: str | None
) -> None:
    found = commitment(record.as_of(on), "C02")
    assert found.state == state
    seen = found.observation
    assert (seen and seen.id, seen and str(seen.as_of)) == (observation, as_of)
    if on == "2016-06-01":
        assert seen is not None
        assert seen.value is not None
        assert seen.value.figure is None


def test_whether_a_number_is_a_limit_can_itself_be_contested(record: Record) -> None:
    on = "2016-11-10"
    assert commitment(record.as_of(on), "C11").state == "contested"
    assert commitment(record.as_of(on, viewpoint="usa"), "C11").state == "exceeded"
    assert commitment(record.as_of("2017-06-10"), "C11").state == "kept"


def test_ends_are_computed_from_milestones(record: Record) -> None:
    standing = record.as_of("2021-10-30")
    assert str(commitment(standing, "C01").end) == "2031-01-16"
    assert str(commitment(standing, "C03").end) == "2026-01-16"
    assert str(commitment(standing, "C06").start) == "2024-07-16"
    assert str(commitment(standing, "C28").end) == "2020-10-18"
    stone = record.milestones["jcpoa.termination_day"]
    assert stone.date is None, "it is counted, not entered"
    written = "".join(path.read_text() for path in (FOLDER / "record").glob("agreements.yaml"))
    assert "2031-01-16" not in written


def test_the_snapback_clock_runs_out_at_midnight_after_thirty_days(record: Record) -> None:
    clock = next(one for one in record.as_of("2020-09-01").clocks if one.id == "M02.1")
    assert (str(clock.run.started), str(clock.ends)) == ("2020-08-20", "2020-09-20T00:00Z")
    assert clock.state == "contested"
    assert [c.id for c in record.as_of("2020-09-01", viewpoint="usa").clocks] == ["M02.1"]
    assert not record.as_of("2020-09-01", viewpoint="rus").clocks
    assert not record.as_of("2020-09-21").clocks
    assert str(record.as_of("2025-09-01").clocks[0].ends) == "2025-09-28T00:00Z"


# -- known by ------------------------------------------------------------------------------------


def ids_and_dates(value: Any) -> tuple[set[str], set[str]]:
    text = json.dumps(value)
    return set(re.findall(r'"id": "([\w.-]+)"', text)), set(re.findall(r'"(\w+)"', text))


@pytest.mark.parametrize("viewpoint", [None, "iran", "usa", "e3"])
@pytest.mark.parametrize("on", ["2021-10-30", "2023-01-01", "2025-10-19"])
def test_nothing_said_later_appears_anywhere(
    record: Record, on: str, viewpoint: str | None
) -> None:
    limit = parse_when("2021-10-30")
    data = standing_data(record.as_of(on, known_by="2021-10-30", viewpoint=viewpoint))
    ids, words = ids_and_dates(data)
    for id_ in ids & set(record.entries):
        assert record.entry_from[id_] <= limit.latest, id_
    for source in words & set(record.source_from):
        assert record.source_from[source] <= limit.latest, source
    for statement in record.of_kind(Statement):
        if statement.date is not None and before(limit, statement.date):
            assert statement.id not in words, statement.id
    accounts = [a for one in data["measures"] for a in one["accounts"]]
    assert all(a["since"] is None or a["since"] < "2021-10-31" for a in accounts)
    assert not {"E102", "T28", "T30", "O36", "X08"} & words


def test_an_end_that_nobody_had_told_yet_is_no_end(record: Record) -> None:
    then = measure(record.as_of("2021-06-01", known_by="2020-12-31", viewpoint="usa"), "S01")
    assert then.state == "in-force"
    assert all(view.until is None for view in then.accounts)


# -- asking --------------------------------------------------------------------------------------


def test_demands_carry_their_answers_and_go_when_they_are_replaced(record: Record) -> None:
    march = {one.statement.id: one for one in record.as_of("2021-03-01", viewpoint="iran").demands}
    assert march["T02"].state == "refused"
    assert [one.id for one in march["T02"].answers] == ["T03"]
    april = {one.statement.id for one in record.as_of("2021-04-01", viewpoint="iran").demands}
    assert "T02" not in april
    assert "T06" in april
    assert "A29a" not in {
        one.statement.id for one in record.as_of("2021-10-30", viewpoint="usa").demands
    }


def test_what_a_viewpoint_or_a_date_is_not_is_told_with_what_was_meant(record: Record) -> None:
    for asked, code in (({"viewpoint": "irna"}, "unknown-id"), ({"viewpoint": "C01"}, "unknown-id"),
                        ({"known_by": "2021-02-30"}, "bad-date")):  # fmt: skip
        with pytest.raises(DetenteError) as caught:
            record.as_of("2021-10-30", **asked)  # type: ignore[arg-type]
        assert caught.value.problems[0].code == code
    with pytest.raises(DetenteError, match="did you mean 'usa'"):
        record.as_of("2021-10-30", viewpoint="United States")


def test_the_commands_answer_and_refuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["standing", "jcpoa-2021", "--on", "2020-10-01", "--viewpoint", "usa", "--json"]) == 0
    )
    data = json.loads(capsys.readouterr().out)
    s01 = next(one for one in data["measures"] if one["id"] == "S01")
    assert (data["on"], data["viewpoint"], s01["state"]) == ("2020-10-01", "usa", "in-force")
    assert {"holder", "state", "since", "sources"} <= set(s01["accounts"][0])
    assert main(["standing", "jcpoa-2021"]) == 0
    assert "As things stood on 2021-10-30" in capsys.readouterr().out
    assert main(["standing", "chicken", "--on", "2021"]) == 2
    assert "no-record" in capsys.readouterr().err
    assert main(["timeline", "jcpoa-2021", "--kind", "evnt"]) == 2
    assert "did you mean 'event'" in capsys.readouterr().err


def test_a_timeline_is_in_order_and_keeps_to_what_is_asked(record: Record) -> None:
    items = detente.timeline(record, start="2021-04", end="2021-06", actor="usa")
    assert items
    assert [one.date.earliest for one in items] == sorted(one.date.earliest for one in items)
    first, last = parse_when("2021-04").earliest, parse_when("2021-06").latest
    assert all(one.date.latest >= first and one.date.earliest <= last for one in items)
    data = timeline_data(detente.timeline(record, kind="statement"))
    odd = {entry["id"] for entry in data["entries"] if entry["at_odds"]}
    assert odd == {"A11", "A18", "A19", "A26", "A49"}


def test_every_section_of_the_format_is_used_by_the_flagship(record: Record) -> None:
    assert all(record.of_kind(kind) for kind in SECTIONS.values())
    facts = {getattr(entry, "fact", None) for entry in record.entries.values()}
    wanted = [f"C{k:02d}" for k in range(1, 32)] + [f"T{k:02d}" for k in range(1, 33)]
    wanted += [f"X{k:02d}" for k in range(1, 10)] + [f"S{k:02d}" for k in range(1, 10)]
    wanted += ["M01", "M02", "E001", "E083b", "E105", "O01", "O10b", "O38"]
    assert set(wanted) <= facts
    assert len(record.of_kind(SECTIONS["events"])) == 100
    assert len(record.of_kind(SECTIONS["sources"])) == 161
    assert len(record.of_kind(Measure)) >= 9


def test_every_key_of_standing_and_timeline_is_in_the_reference(record: Record) -> None:
    shapes = {
        "An account": r"^.*(?:accounts|views|own)\[\]\.",
        "An observation": r"^commitments\[\]\.observations?(?:\[\])?\.",
        "An open demand or offer": r"^(?:demands|offers)\[\]\.",
    }
    found: dict[str, set[str]] = {}
    for on in ("2016-11-10", "2020-09-01", "2021-10-30"):
        for path in paths(standing_data(record.as_of(on)), ()):
            heading = next((h for h, shape in shapes.items() if re.match(shape, path)), None)
            shape = shapes.get(heading or "", "^")
            key = re.sub(shape, "", path)
            found.setdefault(heading or "detente standing", set()).add(key)
    found["detente timeline"] = set(paths(timeline_data(detente.timeline(record)), ()))
    for heading, keys in found.items():
        assert told(heading) == keys, heading


def test_a_timeline_as_known_then_holds_nothing_that_was_first_said_later() -> None:
    record = open_record("jcpoa-2021")
    limit = parse_when("2018-01-01").latest
    items = timeline(record, known_by="2018-01-01")
    assert 0 < len(items) < len(timeline(record))
    later = {id_ for id_, since in record.entry_from.items() if since > limit}
    assert not later & {item.id.partition(".")[0] for item in items}
    for item in items:
        assert all(record.source_from.get(one, 0) <= limit for one in item.sources)
        assert not later & {one.id for one in item.contested}
        assert not later & {one.entry for one in item.at_odds}
        for question in item.contested:
            for view in question.views:
                assert record.known_from(view, view.held, start_of(view)) <= limit
    # what was known by the end of time is everything
    assert timeline_data(timeline(record, known_by="9998-01-01")) == timeline_data(timeline(record))
