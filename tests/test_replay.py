"""A replay against framing every single day, and the days on which a record turns."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

import detente
from detente.errors import DetenteError
from detente.framing import Framed
from detente.framing.facts import STATES, Facts
from detente.model.expressions import Fact
from detente.record import Record, load_record
from detente.record.dates import DAY, day_text
from detente.record.entries import Agreement, Event
from detente.record.record import kind_of_entry
from detente.record.turns import turning_days
from detente.study import Question, Source, framed_for, open_source, replay
from tests.test_record_file import dossier

CATALOG = Path(detente.__file__).parent / "catalog" / "jcpoa-2021"

RECORD = """
actors: {north: North, south: South, watch: Watch}
sources:
  late: {title: A late paper, date: 2020-10-05}
quantities: {ore: {name: Ore, unit: t}}
agreements:
  pact:
    name: Pact
    parties: [{party: north, from: 2020-02-01, to: 2020-11-15}, {party: south, from: 2020-02-01}]
    milestones:
      signed: {date: 2020-02-01}
      review: {counts: signed + P6M}
commitments:
  cap: {agreement: pact, debtors: south, what: x, starts: signed, lasts: P10M,
        limit: {quantity: ore, value: <= 10 t}}
mechanisms:
  snap: {name: Snap, steps: [{what: Notice, by_day: 0}, {what: Vote, by_day: 30}],
         runs: [{started: 2020-07-01}]}
measures:
  ban:
    by: north
    what: x
    status:
      - {from: 2020-03-10, to: 2020-09-01}
      - {from: 2020-09-01, according_to: north}
      - {state: not-in-force, from: 2020-09-01, to: 2020-09-20, according_to: south}
  toll: {by: north, what: x, status: {from: 2020-05}}
events:
  storm: {what: x, date: 2020-04-10}
  leak: {what: x, date: 2020-04-20, sources: late}
observations:
  o1: {quantity: ore, of: south, value: 8 t, as_of: 2020-03-01, observer: watch}
  o2: {quantity: ore, of: south, value: 12 t, as_of: 2020-06-01, observer: watch,
       reported: 2020-06-20}
  o3: {quantity: ore, of: south, value: 9 t, as_of: 2020-08-01, observer: watch}
statements:
  ask: {kind: demand, speaker: north, to: south, date: 2020-03-20}
  yes: {kind: acceptance, speaker: south, date: 2020-10-20, answers: ask}
"""

MODEL = """
title: A small dossier
decision_makers:
  north:
    options:
      stay: Stay
      toll: {name: Toll, holds_when: toll}
      old: {name: Old, to: 2010-01-01}
    priorities:
      - {priority: not south.go, holds_when: storm and not leak}
      - {priority: stay iff south.go, holds_when: leak}
      - {priority: not stay, holds_when: ask is open, from: 2020-04-01, to: 2020-12-15}
      - {priority: south.go, viewpoint: north}
  south:
    options: {go: Go, raid: {name: Raid, holds_when: snap or pact.review is passed}}
    priorities:
      - {priority: go, holds_when: ban}
      - {priority: north.stay, holds_when: cap is kept}
      - {priority: not go, holds_when: not pact.north}
infeasible:
  - {expression: go_both, from: 2020-12-01}
status_quo:
  - {option: north.stay, from: 2020-01-10}
  - {option: north.toll, holds_when: toll}
  - {option: not north.stay, holds_when: storm and cap is exceeded}
deals:
  calm: {deal: north.stay and not south.go, by: south, from: 2020-02-20}
  late: {deal: south.go, from: 2030}
as_seen_by:
  south: {decision_makers: {north: {priorities: [{priority: stay, to: 2020-05-20}]}}}
""".replace("go_both", "south.go and south.raid")

START, END = "2020-01-01", "2020-12-31"


def written(folder: Path, record: str = RECORD, model: str = MODEL) -> Path:
    dossier(folder, a=record)
    (folder / "model.yaml").write_text(model)
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return open_source(str(written(tmp_path_factory.mktemp("replayed"))))


def days(start: str, end: str) -> list[str]:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]


def day_by_day(
    source: Source, start: str, end: str, viewpoint: str | None, known_then: bool
) -> list[tuple[str, Framed]]:
    """The days on which the framed conflict is another than the day before, the first included."""
    found: list[tuple[str, Framed]] = []
    for day in days(start, end):
        framed = framed_for(source, Question(day, day if known_then else None, viewpoint))
        assert framed is not None
        if not found or framed.conflict != found[-1][1].conflict:
            found.append((day, framed))
    return found


@pytest.mark.parametrize("known_then", [False, True])
@pytest.mark.parametrize("viewpoint", [None, "north", "south"])
def test_the_steps_are_the_days_on_which_framing_every_day_gives_another_conflict(
    source: Source, viewpoint: str | None, known_then: bool
) -> None:
    found = replay(source, START, END, viewpoint=viewpoint, as_known_then=known_then)
    expected = day_by_day(source, START, END, viewpoint, known_then)
    assert [step.on for step in found.steps] == [day for day, _ in expected]
    assert len(expected) > 12
    before: Framed | None = None
    for step, (day, framed) in zip(found.steps, expected, strict=True):
        assert step.findings.conflict == framed.conflict
        assert step.findings.made.on == day
        assert step.findings.made.known_by == (day if known_then else None)
        turned = []
        if before is not None:
            pairs = zip(before.judged, framed.judged, strict=True)
            turned = [new for old, new in pairs if old.in_force != new.in_force]
            assert turned
        assert list(step.turned) == turned
        before = framed
    assert (found.start, found.end) == (START, END)


def test_what_was_said_later_turns_on_the_day_it_was_known(source: Source) -> None:
    leak = "north priority: not south.go"

    def turns(known_then: bool) -> list[str]:
        steps = replay(source, START, END, as_known_then=known_then).steps
        return [step.on for step in steps if any(leak in one.part for one in step.turned)]

    assert turns(False) == ["2020-04-10", "2020-04-20"]
    assert turns(True) == ["2020-04-10", "2020-10-05"]


def test_conditions_whose_dates_never_meet_the_period_are_idle(source: Source) -> None:
    found = replay(source, START, END)
    assert [one.part for one in found.idle] == ["option north.old", "deal late"]
    assert not any(one.in_force for one in found.idle)
    late = {one.part for one in replay(source, "2020-12-15", END).idle}
    assert late == {
        "option north.old",
        "north priority: not north.stay",
        "north priority, as seen: north.stay",
        "deal late",
    }


@pytest.mark.parametrize("day", ["2020-04-10", "2020-02-29"])
def test_one_day_is_one_step(source: Source, day: str) -> None:
    found = replay(source, day, day)
    assert [step.on for step in found.steps] == [day]
    assert found.steps[0].turned == ()


def test_months_and_years_stand_for_their_first_and_last_day(source: Source) -> None:
    found = replay(source, "2020-02", "2020-04")
    assert (found.start, found.end) == ("2020-02-01", "2020-04-30")
    assert found.steps[0].on == "2020-02-01"


def test_a_period_that_ends_before_it_begins_and_a_model_without_conditions_are_told(
    source: Source, tmp_path: Path
) -> None:
    with pytest.raises(DetenteError) as caught:
        replay(source, END, START)
    assert [one.code for one in caught.value.problems] == ["ends-before-start"]
    plain = "decision_makers: {a: {options: {x: X}, priorities: []}}\nstatus_quo: []\n"
    (tmp_path / "m.yaml").write_text(plain)
    with pytest.raises(DetenteError) as caught:
        replay(str(tmp_path / "m.yaml"), START, END)
    assert [one.code for one in caught.value.problems] == ["not-timed"]


def test_a_model_with_dates_only_needs_no_record(tmp_path: Path) -> None:
    text = "decision_makers: {a: {options: {x: {name: X, from: 2020-02}, y: Y}, priorities: [y]}}\n"
    (tmp_path / "m.yaml").write_text(text + "status_quo: []\n")
    found = replay(str(tmp_path / "m.yaml"), START, END)
    assert [step.on for step in found.steps] == [START, "2020-02-01"]
    assert [one.part for one in found.steps[1].turned] == ["option a.x"]


# -- the days on which a record turns --------------------------------------------------------------


def all_facts(record: Record) -> list[Fact]:
    """Every atom that a condition can ask of a record."""
    found: list[Fact] = []
    for entry in record.entries.values():
        states: list[str] = list(STATES.get(kind_of_entry(entry), ()))
        if isinstance(entry, Event):
            states = sorted({*states, *(one.phase for one in entry.date)})
        found += [Fact(entry.id, state) for state in states]
        if isinstance(entry, Agreement):
            names = {name for one in entry.parties for name in one.party}
            found += [Fact(f"{entry.id}.{name}", state)
                      for name in sorted(names) for state in STATES["party"]]  # fmt: skip
    found += [Fact(id_, state) for id_ in record.milestones for state in STATES["milestone"]]
    return found


def stood(record: Record, day: int, wanted: list[Fact], viewpoint: str | None, known: bool):
    on = day_text(day * DAY)
    facts = Facts(record.as_of(on, known_by=on if known else None, viewpoint=viewpoint))
    return [facts.holds(fact) for fact in wanted]


def test_between_turning_days_no_atom_of_the_shipped_record_changes() -> None:
    record = load_record(CATALOG)
    wanted = all_facts(record)
    assert len(wanted) > 500
    turning = set(turning_days(record))
    first, last = (date(year, 1, 1).toordinal() - 1 for year in (2013, 2022))
    quiet = [day for day in range(first, last) if day not in turning]
    rng = random.Random("turning days")
    for n, day in enumerate(rng.sample(quiet, 200)):
        viewpoint = (None, "usa", "iran", "e3")[n % 4]
        known = n % 8 >= 4
        now = stood(record, day, wanted, viewpoint, known)
        before = stood(record, day - 1, wanted, viewpoint, known)
        assert now == before, day_text(day * DAY)


def test_the_shipped_model_is_on_random_days_what_its_replay_says() -> None:
    source = open_source("jcpoa-2021")
    found = replay(source, "2014", "2021")
    rng = random.Random("shipped")
    for day in rng.sample(days("2014-01-01", "2021-12-31"), 60):
        framed = framed_for(source, Question(day))
        assert framed is not None
        step = [one for one in found.steps if one.on <= day][-1]
        assert framed.conflict == step.findings.conflict, day


ANCHORED = """
actors: {north: North, south: South}
agreements:
  pact:
    name: Pact
    milestones: {signed: {date: 2020-02-01}}
    status: {from: signed, to: signed + P70D}
    parties: {party: north, from: signed + P40D, to: signed + P41D}
commitments:
  duty: {agreement: pact, debtors: north, what: x, starts: signed,
         performance: [{state: kept, from: signed + P50D, to: signed + P60D}]}
mechanisms:
  snap: {name: Snap, agreement: pact, steps: [{what: Vote, by_day: 200}],
         runs: [{started: 2020-02-01, status: {state: void, from: signed + P80D}}]}
measures:
  ban: {by: north, what: x, status: {from: pact.signed + P10D, to: pact.signed + P20D}}
"""

#: the talks were due to begin on 1 March and began on 1 June, so that what was known moved
MOVED = """
actors: {north: North, south: South}
agreements:
  pact:
    name: Pact
    milestones:
      signed: {date: 2020-02-01}
      begun: {date: 2020-06-01, counts: signed + P1M}
      over: {counts: begun + P1M}
"""


def missed(record: Record, known: bool) -> list[str]:
    """The days of 2020 on which an answer changes that are no turning days."""
    wanted, turning = all_facts(record), set(turning_days(record))
    first, last = (date(2020, month, 1).toordinal() - 1 for month in (1, 12))
    before = stood(record, first, wanted, None, known)
    found = []
    for day in range(first + 1, last):
        now = stood(record, day, wanted, None, known)
        if now != before and day not in turning:
            found.append(day_text(day * DAY))
        before = now
    return found


@pytest.mark.parametrize("known", [False, True])
def test_an_account_counted_from_a_milestone_turns_on_its_day(tmp_path: Path, known: bool) -> None:
    assert missed(load_record(dossier(tmp_path, a=ANCHORED)), known) == []


@pytest.mark.parametrize("known", [False, True])
def test_a_milestone_counted_from_a_day_that_moved_turns_on_both(
    tmp_path: Path, known: bool
) -> None:
    assert missed(load_record(dossier(tmp_path, a=MOVED)), known) == []


@pytest.mark.parametrize("known", [False, True])
def test_the_record_of_this_dossier_turns_on_its_turning_days_only(
    source: Source, known: bool
) -> None:
    assert source.record is not None
    assert missed(source.record, known) == []
