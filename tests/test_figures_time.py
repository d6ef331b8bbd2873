"""The figures over time: timeline, quantity and replay, and the rows, axis and scale under them."""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.analysis.replay import Replay
from detente.errors import DetenteError
from detente.record import Record
from detente.record.dates import DAY, day_text, parse_when
from detente.record.entries import SECTIONS, Observation
from detente.record.quantities import parse_amount, within
from detente.record.timeline import timeline
from detente.report.figures.figure import Figure, Line, Rect
from detente.report.figures.layout.axis import TimeAxis, bounds, period
from detente.report.figures.layout.lanes import choose, lanes
from detente.report.figures.layout.scale import number, scale_for
from detente.report.figures.over_time.quantity import plot_quantity
from detente.report.figures.over_time.replay import plot_replay
from detente.report.figures.over_time.timeline import plot_timeline
from detente.report.figures.text import Box, overlap
from detente.report.sentences.named import short_of
from detente.study import open_record

JCPOA = open_record("jcpoa-2021")
WIDTHS = (360, 700, 960)
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    "\u202eback",
    "🏛" * 20,
    "x" * 10_000,
    "<" * 10_000,
    "& \" '",
    "",
)
DATES = (
    "2020-03-01", "2020-03", "2020~", "2020-03-01/2020-09-01", "../2021-11-30", "2019-05-05/..",
    "[2020-01-01..2020-12-31]", "[..2021-02-01]", "2020-05-01T10:00Z", "0001-01-01", "9999-12-31",
    "2020-03-02", "2021-10-30",
)  # fmt: skip


# -- what every picture holds to -----------------------------------------------------------------


def assert_legible(figure: Figure) -> None:
    """No two labels lie on one another, and all lie within the figure."""
    boxes = [(one["text"], Box(*one["box"])) for one in figure.data()["labels"]]
    for text, box in boxes:
        assert box.left >= -1e-6, text
        assert box.top >= -1e-6, text
        assert box.right <= figure.width + 1e-6, text
        assert box.bottom <= figure.height + 1e-6, text
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not overlap(a, b), (one, other)


def assert_sound(figure: Figure) -> None:
    """Small, legible, of plain data, and an XML document with nothing active in it."""
    assert_legible(figure)
    assert len(figure.marks) <= 1500
    assert len(figure.svg.encode()) < 200_000
    assert json.loads(json.dumps(figure.data()))["title"] == figure.title
    assert figure.description.strip()
    document = minidom.parseString(figure.svg)  # noqa: S318 - made here
    assert not document.getElementsByTagName("script")
    assert "\u202e" not in figure.svg


def record_of(*entries: Any) -> Record:
    return Record("made", "A made record", {one.id: one for one in entries}, {})


def entry(section: str, id_: str, **keys: Any) -> Any:
    return SECTIONS[section].model_validate({"\0id": id_, **keys})


def observation(id_: str, value: str | None, day: str, **keys: Any) -> Any:
    given = {"quantity": "ore", "of": "south", "observer": "watch"} | keys
    number_ = {} if value is None else {"value": value}
    return entry("observations", id_, as_of=day, **number_, **given)


def ground(*more: Any, unit: str = "kg") -> Record:
    """A record with two sides, a watch, ore, and a cap of 2 t on it from 2020-02-01."""
    return record_of(
        entry("actors", "north", name="North"),
        entry("actors", "south", name="South"),
        entry("actors", "watch", name="Watch"),
        entry("quantities", "ore", name="Ore", unit=unit),
        entry(
            "commitments", "cap", debtors="south", what="x", starts="2020-02-01",
            ends="2021-02-01", limit={"quantity": "ore", "value": "<= 2 t"},
        ),
        *more,
    )  # fmt: skip


# -- rows ----------------------------------------------------------------------------------------

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 25)).map(lambda one: (one[0], sum(one))),
    max_size=40,
)


@given(SPANS)
def test_rows_are_free_of_overlap_and_as_few_as_can_be(spans: list[tuple[float, float]]) -> None:
    rows = lanes(spans)
    for (one, row), (other, other_row) in combinations(zip(spans, rows, strict=True), 2):
        assert row != other_row or one[1] <= other[0] or other[1] <= one[0]
    # no arrangement needs fewer rows than there are spans over one place
    deepest = max((sum(a <= x < b for a, b in spans) for x in range(90)), default=0)
    used = len(set(rows))
    assert used == max(deepest, 1 if spans else 0) or any(a == b for a, b in spans)


@given(SPANS, st.integers(1, 4))
def test_what_is_chosen_fits_into_the_rows_and_the_first_are_chosen_first(
    spans: list[tuple[float, float]], most: int
) -> None:
    chosen = choose(spans, most)
    assert chosen == sorted(set(chosen))
    assert max(lanes([spans[k] for k in chosen]), default=-1) < most
    for k in set(range(len(spans))) - set(chosen):
        left, right = spans[k][0], max(spans[k][1], spans[k][0] + 1)
        claimed = [spans[j] for j in chosen if j < k]
        claimed = [(a, max(b, a + 1)) for a, b in claimed]
        assert any(
            sum(a <= x < b for a, b in claimed) >= most for x in range(int(left), int(right))
        )


# -- the axis of time and that of numbers --------------------------------------------------------


@given(st.integers(0, 3_652_000), st.integers(0, 3_652_000), st.sampled_from([200, 360, 960]))
@settings(max_examples=200)
def test_labels_of_the_axis_keep_apart_for_days_and_for_ages(a: int, b: int, width: int) -> None:
    start, end = period((min(a, b) * DAY, max(a, b) * DAY), None, None)
    axis = TimeAxis(start, end, 14, width - 14, width)
    places = [axis.x(tick.second) for tick in axis.ticks]
    assert places == sorted(places)
    assert len(places) <= width / 16 + 1
    figure = Figure("axis", "a", "b", width, 60, {}, axis.labels(5))
    assert_legible(figure)


@pytest.mark.parametrize(
    ("start", "end", "first", "part_of"),
    [
        ("2021-10-01", "2021-10-20", "1", "Oct 2021"),
        ("2021-01-01", "2021-12-31", "Jan", "2021"),
        ("2006-01-01", "2025-12-31", "2006", ""),
        ("0001-01-01", "2021-12-31", "100", ""),
    ],
)
def test_ticks_go_from_days_to_centuries(start: str, end: str, first: str, part_of: str) -> None:
    axis = TimeAxis(parse_when(start).earliest, parse_when(end).latest, 14, 800, 820)
    assert (axis.ticks[0].text, axis.ticks[0].part_of) == (first, part_of)
    for tick in axis.ticks:
        assert tick.second % DAY == 0


def test_an_open_side_of_a_date_does_not_stretch_the_axis() -> None:
    for text in ("../2021-11-30", "[..2021-11-30]", "2021-11-30/..", "[2021-11-30..]"):
        first, last = bounds(parse_when(text))
        assert day_text(first) == day_text(last) == "2021-11-30"


@given(st.lists(st.fractions(-(10**12), 10**12), max_size=6), st.integers(60, 400))
def test_a_scale_holds_its_values_and_nothing_and_its_steps_are_round(
    values: list[Fraction], height: int
) -> None:
    scale = scale_for(values, 0, height)
    for value in (*values, Fraction(0)):
        assert -1e-6 <= scale.y(value) <= height + 1e-6
    mantissa = f"{float(scale.step):e}"[0]
    assert mantissa in "125"
    assert 2 <= len(scale.ticks) <= height / 50 + 4


def test_numbers_are_written_as_people_write_them() -> None:
    written = {"202.8": "202.8", "2441.3": "2,441.3", "300": "300", "0": "0", "0.05": "0.05"}
    for given_, text in written.items():
        assert number(Fraction(given_)) == text
    assert number(Fraction(10) ** 70) == "1e+70"


# -- timeline ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"on": "2021-10-30"},
        {"start": "2018", "end": "2019"},
        {"start": "2021-09", "end": "2021-11", "on": "2021-10-30"},
        {"start": "2021-10-30", "end": "2021-10-30"},
        {"start": "1900", "end": "2100"},
        {"actor": "iran"},
        {"actor": "iaea", "start": "2019"},
        {"end": "2010"},
        {"start": "0001", "end": "9999", "on": "9999"},
    ],
    ids=str,
)
def test_the_timeline_of_the_dossier_is_legible(asked: dict[str, Any], width: int) -> None:
    figure = plot_timeline(JCPOA, **asked, width=width)
    assert_sound(figure)
    labelled = sum(band["labelled"] for band in figure.content["bands"])
    assert labelled <= 80


def test_the_timeline_goes_from_the_first_to_the_last_thing_that_happened() -> None:
    figure = plot_timeline(JCPOA)
    happened = [i for i in timeline(JCPOA) if i.kind in ("event", "statement", "observation")]
    assert figure.content["from"] == min(day_text(one.date.earliest) for one in happened)
    assert figure.content["to"] == max(day_text(one.date.latest) for one in happened)


def test_the_timeline_holds_what_the_record_has_in_that_time() -> None:
    figure = plot_timeline(JCPOA, start="2018-03-01", end="2020-06-30")
    low, high = parse_when("2018-03-01").earliest, parse_when("2020-06-30").latest
    bands = {band["kind"]: band for band in figure.content["bands"]}
    for kind in ("event", "statement", "observation", "milestone"):
        wanted = sorted(
            (one.id, str(one.date))
            for one in timeline(JCPOA)
            if one.kind == kind and one.date.latest >= low and one.date.earliest <= high
        )
        things = bands.get(kind, {"things": []})["things"]
        assert sorted((one["ids"][0], one["dates"]) for one in things) == wanted
    owed = {
        one.commitment.id
        for day in ("2018-03-01", "2020-06-30")
        for one in JCPOA.as_of(day).commitments
        if one.state not in ("not-begun", "ended")
    }
    drawn = {id_ for thing in bands["commitment"]["things"] for id_ in thing["ids"]}
    assert owed <= drawn


def test_measures_are_drawn_from_in_force_to_their_end_and_what_is_contested_is_dashed() -> None:
    status = [
        {"from": "2020-03-10", "to": "2020-09-01"},
        {"from": "2020-10-01", "to": "2020-12-01", "according_to": "north"},
        {
            "state": "not-in-force", "from": "2020-10-01", "to": "2020-12-01",
            "according_to": "south",
        },
    ]  # fmt: skip
    ban = entry("measures", "ban", by="north", what="a ban", status=status)
    record = ground(ban, entry("events", "storm", what="x", date="2020-01-01/2020-12-31"))
    figure = plot_timeline(record)
    band = next(one for one in figure.content["bands"] if one["kind"] == "measure")
    written = band["things"][0]["dates"]
    assert written == "2020-03-10/2020-09-01, 2020-10-01/2020-12-01 (contested or uncertain)"
    dashed = [m for m in figure.marks if isinstance(m, Rect) and m.tip and m.dash]
    assert len(dashed) == 1
    assert "contested or uncertain" in {one["text"] for one in figure.data()["labels"]}


def test_every_thing_without_a_label_is_counted_in_the_picture() -> None:
    figure = plot_timeline(JCPOA)
    texts = " ".join(one["text"] for one in figure.data()["labels"])
    for band in figure.content["bands"]:
        rest = sum(len(one["ids"]) for one in band["things"] if one["lane"] is None)
        if rest:
            assert f"{rest:,} more are shown as marks" in texts


def test_what_others_name_most_often_gets_the_first_label() -> None:
    events = [entry("events", f"e{k}", what="x" * 60, date="2020-01-01") for k in range(40)]
    cited = entry("events", "cited", what="y", date="2020-01-01")
    follows = entry("events", "late", what="z", date="2020-02-01", follows=["cited"])
    figure = plot_timeline(record_of(*events, cited, follows))
    things = figure.content["bands"][0]["things"]
    assert {"ids": ["cited"], "dates": "2020-01-01", "lane": 0, "contested": False} in [
        thing | {"lane": 0} for thing in things if thing["lane"] is not None
    ]


def test_a_statement_is_never_told_without_who_makes_it() -> None:
    said = entry("statements", "s", kind="accusation", date="2020-01-01", speaker="north",
                 what="South did it", according_to="watch")  # fmt: skip
    figure = plot_timeline(ground(said))
    labels = [one["text"] for one in figure.data()["labels"]]
    assert "s according to Watch: North, accusation: South did it" in labels


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records with hostile names and dates of every form."""
    dates, names = st.sampled_from(DATES), st.sampled_from(HOSTILE)
    found = [
        entry("actors", "north", name=draw(names) or "North"),
        entry("actors", "south", name="South"),
        entry("quantities", "ore", name=draw(names) or "Ore", unit="kg"),
        entry("agreements", "pact", name=draw(names) or "Pact", milestones={
            "signed": {"date": draw(dates)}, "review": {"counts": "signed + P5Y"}}),
    ]  # fmt: skip
    for k in range(draw(st.integers(0, 25))):
        day, what = draw(dates), draw(names) or "x"
        match draw(st.sampled_from(["event", "statement", "observation", "measure", "owed"])):
            case "event":
                found.append(entry("events", f"e{k}", what=what, date=day, who="north"))
            case "statement":
                found.append(entry("statements", f"s{k}", kind="demand", date=day,
                                   speaker="north", what=what))  # fmt: skip
            case "observation":
                value = draw(st.sampled_from(["5 kg", "<= 2 t", "> 1 kg", "1 .. 9 t", "~ 3 t"]))
                of = draw(st.sampled_from(["south", "north"]))
                found.append(observation(f"o{k}", value, day, of=of, observer="north"))
            case "measure":
                status = {"from": day, "according_to": draw(st.sampled_from(["north", "south"]))}
                found.append(entry("measures", f"m{k}", by="north", what=what, status=status))
            case "owed":
                limit = draw(st.sampled_from(["<= 3 t", ">= 10 kg", "2 .. 4 kg", "7 kg"]))
                found.append(
                    entry("commitments", f"c{k}", debtors="south", what=what, starts=day,
                          limit={"quantity": "ore", "value": limit})
                )  # fmt: skip
    title = draw(names) or "A record"
    return replace(record_of(*found), title=title)


@given(records(), st.sampled_from(WIDTHS), st.sampled_from([None, *DATES[:4]]))
@settings(max_examples=60, deadline=None)
def test_random_records_are_drawn_legibly(record: Record, width: int, on: str | None) -> None:
    assert_sound(plot_timeline(record, on=on, width=width))
    if any(isinstance(one, Observation) for one in record.entries.values()):
        assert_sound(plot_quantity(record, "ore", on=on, width=width))


@pytest.mark.parametrize(
    "dates",
    [[], ["2020-01-01"], ["2020-01-01"] * 30, ["0001-05-05", "2021-10-30"], ["../2021-11-30"]],
    ids=["nothing", "one", "all-on-one-day", "two-thousand-years", "open"],
)
@pytest.mark.parametrize("width", [10, *WIDTHS])
def test_few_or_far_dates_give_a_proper_timeline(dates: list[str], width: int) -> None:
    events = [entry("events", f"e{k}", what="it happened", date=d) for k, d in enumerate(dates)]
    figure = plot_timeline(record_of(*events), width=width)
    assert_sound(figure)
    total = sum(len(band["things"]) for band in figure.content["bands"])
    assert total == len(dates)
    if not dates:
        assert "nothing with a date" in figure.description


def test_a_time_in_which_nothing_happened_says_so() -> None:
    storm = entry("events", "storm", what="x", date="2020-01-01")
    figure = plot_timeline(record_of(storm), start="2021", end="2022")
    assert_sound(figure)
    assert "Nothing in the record has a date" in figure.description
    assert figure.content["outside"] == 1


def test_a_record_of_ten_thousand_items_is_drawn_small_and_soon() -> None:
    chance = random.Random(7)
    day0 = date(1990, 1, 1).toordinal()
    found = [entry("actors", "north", name="North")]
    for k in range(10_000):
        day = date.fromordinal(day0 + chance.randrange(11_000)).isoformat()
        if k % 2:
            found.append(entry("events", f"e{k}", what=f"<event> {k} & more", date=day))
        else:
            found.append(entry("statements", f"s{k}", kind="demand", date=day, speaker="north"))
    record = record_of(*found)
    began = time.perf_counter()
    figure = plot_timeline(record)
    assert len(figure.svg) < 200_000
    # a second on an idle machine; tests may share theirs
    assert time.perf_counter() - began < 5
    assert_sound(figure)


def test_long_words_full_of_signs_to_escape_stay_small() -> None:
    days = [date.fromordinal(737_000 + 3 * k).isoformat() for k in range(600)]
    found = [entry("events", f"e{k}", what='&<"' * 3_000, date=day) for k, day in enumerate(days)]
    assert_sound(plot_timeline(record_of(*found)))


def test_the_same_record_gives_the_same_picture() -> None:
    assert plot_timeline(JCPOA).svg == plot_timeline(JCPOA).svg
    quantity = "enriched_uranium"
    assert plot_quantity(JCPOA, quantity).svg == plot_quantity(JCPOA, quantity).svg


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    for plot in (plot_timeline, lambda *a, **k: plot_quantity(JCPOA, "heavy_water", **k)):
        with pytest.raises(DetenteError) as refused:
            plot(JCPOA, start="2021", end="2020")
        assert refused.value.problems[0].code == "ends-before-start"


# -- quantity ------------------------------------------------------------------------------------

QUANTITIES = sorted({one.quantity for one in JCPOA.of_kind(Observation)})


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_quantity_of_the_dossier_is_legible(quantity: str, width: int) -> None:
    assert_sound(plot_quantity(JCPOA, quantity, width=width))
    assert_sound(plot_quantity(JCPOA, quantity, width=width, on="2019-08-01", end="2020"))


def test_points_are_the_observations_in_the_unit_of_the_quantity() -> None:
    figure = plot_quantity(JCPOA, "enriched_uranium")
    points = {one["id"]: one for one in figure.content["points"]}
    seen = [o for o in JCPOA.of_kind(Observation) if o.quantity == "enriched_uranium"]
    assert set(points) == {one.id for one in seen}
    for one in seen:
        assert one.value is not None
        # 1 kg UF6 holds 0.676 kg U
        factor = Fraction(676, 1000) if one.value.unit == "kg UF6" else Fraction(1)
        low, high = one.value.low, one.value.high
        assert points[one.id]["low"] == (None if low is None else float(low * factor))
        assert points[one.id]["high"] == (None if high is None else float(high * factor))
    beyond = [
        one
        for one in seen
        if one.value and within(one.value, parse_amount("<= 202.8 kg U")) is False
    ]
    marked = [one["id"] for one in points.values() if one["within"] == {"C02": False}]
    assert sorted(marked) == sorted(one.id for one in beyond)
    assert f"Of {len(seen)} while it was owed, {len(beyond)} lie outside" in figure.description


def test_a_limit_is_drawn_only_while_it_is_owed() -> None:
    record = ground(
        observation("a", "3 t", "2020-01-01"),
        observation("b", "1500 kg", "2020-06-01"),
        observation("c", "2.5 t", "2020-12-01"),
        observation("d", "9 t", "2021-06-01"),
    )
    figure = plot_quantity(record, "ore")
    within_ = {one["id"]: one["within"] for one in figure.content["points"]}
    assert within_ == {"a": {}, "b": {"cap": True}, "c": {"cap": False}, "d": {}}
    [limit] = figure.content["limits"]
    assert (limit["high"], limit["from"], limit["to"]) == (2000.0, "2020-02-01", "2021-02-01")
    first, last = (parse_when(figure.content[key]) for key in ("from", "to"))
    line = next(m for m in figure.marks if isinstance(m, Line) and m.tip == "cap: x")
    rest = [m for m in figure.marks if isinstance(m, Line) and m.paint == "soft" and m.y1 == m.y2]
    left, right = rest[0].x1, rest[0].x2
    axis = TimeAxis(first.earliest, last.latest, left, right, 960)
    assert line.x1 == pytest.approx(axis.x(parse_when("2020-02-01").earliest), abs=1.5)
    assert line.x2 == pytest.approx(axis.x(parse_when("2021-02-01").earliest), abs=1.5)


def test_bounds_ranges_and_words_are_no_points() -> None:
    record = ground(
        observation("most", "<= 1 t", "2020-03-01"),
        observation("least", "> 3 t", "2020-04-01"),
        observation("range", "1 .. 3 t", "2020-05-01"),
        observation("guess", "~ 1 t", "2020-06-01"),
        observation("words", None, "2020-07-01", words="large-scale"),
    )
    figure = plot_quantity(record, "ore")
    points = {one["id"]: (one["low"], one["high"]) for one in figure.content["points"]}
    assert points == {
        "most": (None, 1000.0), "least": (3000.0, None), "range": (1000.0, 3000.0),
        "guess": (1000.0, 1000.0),
    }  # fmt: skip
    assert [one["id"] for one in figure.content["in_words"]] == ["words"]
    labels = " ".join(one["text"] for one in figure.data()["labels"])
    for told in ("at most so much", "at least so much", "between the two", "an estimate",
                 "“large-scale”"):  # fmt: skip
        assert told in labels
    judged = {one["id"]: one["within"]["cap"] for one in figure.content["points"]}
    assert judged == {"most": True, "least": False, "range": None, "guess": True}


def test_an_observation_in_words_alone_is_told_and_not_drawn() -> None:
    figure = plot_quantity(JCPOA, "oil_exports")
    assert_sound(figure)
    assert figure.content["points"] == []
    assert "1 observation in words only" in figure.description


def test_whose_and_what_was_known_decide_what_is_drawn() -> None:
    record = ground(
        observation("a", "1 t", "2020-03-01"),
        observation("late", "1 t", "2020-04-01", reported="2020-12-01"),
        observation("other", "1 t", "2020-05-01", of="north"),
        observation("theirs", "1 t", "2020-06-01", according_to="south"),
    )

    def drawn(**asked: Any) -> list[str]:
        figure = plot_quantity(record, "ore", **asked)
        assert_sound(figure)
        return [one["id"] for one in figure.content["points"]]

    assert drawn() == ["a", "late", "other", "theirs"]
    assert drawn(of="north") == ["other"]
    assert drawn(known_by="2020-07-01") == ["a", "other", "theirs"]
    assert drawn(viewpoint="north") == ["a", "late", "other"]
    assert drawn(known_by="2019-01-01") == []
    assert plot_quantity(record, "ore", of="north").content["limits"] == []


def test_a_quantity_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(DetenteError) as refused:
        plot_quantity(JCPOA, "enriched_uraniun")
    [problem] = refused.value.problems
    assert (problem.code, problem.suggestion) == ("unknown-id", "enriched_uranium")
    with pytest.raises(DetenteError) as refused:
        plot_quantity(ground(), "ore")
    assert "no observation" in refused.value.problems[0].what
    with pytest.raises(DetenteError):
        plot_quantity(JCPOA, "enriched_uranium", of="atlantis")


def test_thousands_of_observations_are_drawn_small() -> None:
    chance = random.Random(3)
    day0 = date(2000, 1, 1).toordinal()
    found = [
        observation(
            f"o{k}",
            f"{chance.choice(['', '~ ', '<= ', '>= '])}{chance.randrange(1, 9000)} kg",
            date.fromordinal(day0 + chance.randrange(9000)).isoformat(),
            observer=chance.choice(["north", "south", "watch"]),
        )
        for k in range(10_000)
    ]
    figure = plot_quantity(ground(*found), "ore")
    assert_sound(figure)
    assert len(figure.content["points"]) == 10_000


@pytest.mark.parametrize("value", ["0 kg", "-5 kg", f"{10**60} kg", f"0.{'0' * 40}1 kg"])
def test_numbers_of_every_size_are_drawn(value: str) -> None:
    assert_sound(plot_quantity(ground(observation("a", value, "2020-03-01")), "ore", width=360))


# -- replay --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def year() -> Replay:
    return detente.replay("jcpoa-2021", start="2021-01-01", end="2021-12-31")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_replay_is_legible(year: Replay, width: int) -> None:
    assert_sound(plot_replay(year, width=width))


def test_a_replay_holds_every_step_and_its_answer(year: Replay) -> None:
    steps = plot_replay(year).content["steps"]
    assert [one["on"] for one in steps] == [one.on for one in year.steps]
    for drawn, step in zip(steps, year.steps, strict=True):
        diagnosis = step.findings.diagnosis
        assert diagnosis is not None
        assert (drawn["verdict"], drawn["zone"]) == (diagnosis.verdict, len(diagnosis.zone))
        told = {one.named.id: short_of(one) for one in step.findings.answers}
        assert {id_: what for id_, what in drawn["deals"].items() if what} == told
    for one, after in pairwise(steps):
        assert parse_when(one["until"]).latest + 1 == parse_when(after["on"]).earliest
    assert steps[-1]["until"] == "2021-12-31"


def test_every_verdict_is_told_in_words_or_with_a_letter_that_the_legend_tells(
    year: Replay,
) -> None:
    for width in (*WIDTHS, 320):
        texts = {one["text"] for one in plot_replay(year, width=width).data()["labels"]}
        assert {"drift", "sequencing problem", "no bargaining space"} <= texts


def test_a_replay_with_one_step_says_that_nothing_changes(year: Replay) -> None:
    alone = Replay("2021-05-01", "2021-05-01", (replace(year.steps[0], on="2021-05-01"),), ())
    figure = plot_replay(alone)
    assert_sound(figure)
    assert "stays the same" in figure.description


def test_a_replay_of_a_thousand_steps_stays_small(year: Replay) -> None:
    day0 = date(2015, 1, 1).toordinal()
    days = [date.fromordinal(day0 + 2 * k).isoformat() for k in range(1000)]
    steps = tuple(
        replace(year.steps[k * 7 % len(year.steps)], on=day) for k, day in enumerate(days)
    )
    assert_sound(plot_replay(Replay(days[0], days[-1], steps, ())))


def test_a_replay_gives_the_same_picture_again(year: Replay) -> None:
    assert plot_replay(year).svg == plot_replay(year).svg
