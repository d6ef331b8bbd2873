"""A replay against framing every single day; transcripts; the days on which a record turns."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

import detente
from detente.cli import main
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


# -- transcripts -----------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["replay", *arguments])
    out, err = capsys.readouterr()
    assert "internal" not in err
    return code, " ".join(out.split()), err


def changes(
    capsys: pytest.CaptureFixture[str], folder: Path, *more: str, start: str = START, end: str = END
) -> list[str]:
    """Replay with a transcript; what it tells to have changed."""
    kept = str(folder / "kept.json")
    arguments = [str(folder), "--from", start, "--to", end, "--write", kept, "--json", *more]
    code = main(["replay", *arguments])
    out, err = capsys.readouterr()
    assert code == 0, err
    found = json.loads(out)
    told = found.pop("changes", [])
    assert json.loads(Path(kept).read_text()) == found
    return told


def test_a_second_transcript_tells_what_changed_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path)
    assert changes(capsys, folder) == []
    assert changes(capsys, folder) == []
    written(tmp_path, RECORD.replace("storm: {what: x, date: 2020-04-10}", "storm: {what: x}"))
    told = changes(capsys, folder)
    assert told[0] == "The record has changed since."
    about = [line for line in told if line.startswith("2020-04-10: ")]
    assert any("status quo" not in line and "not south.go" in line for line in about)
    assert any("no longer in force (storm: happened then, not happened now)" in s for s in about)
    # nothing before the storm is told to have changed
    assert all(line[:10] >= "2020-04-10" for line in told[1:])
    # the transcript is now the new one
    assert changes(capsys, folder) == []


def test_the_screen_tells_steps_and_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, kept = written(tmp_path), str(tmp_path / "kept.json")
    arguments = [str(folder), "--from", START, "--to", END, "--write", kept]
    code, out, err = run(capsys, *arguments)
    assert code == 0
    assert "transcript written to" in err
    assert "changes" in out
    assert "Nothing has changed" not in out
    assert "Nothing has changed since" in run(capsys, *arguments)[1]
    (folder / "model.yaml").write_text(MODEL.replace("2020-02-20", "2020-02-25"))
    out = run(capsys, *arguments)[1]
    assert "What changed since" in out
    assert "The model has changed since." in out
    assert "because deal calm is no longer in force" in out


def test_a_period_without_a_change_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path)
    code, out, _ = run(capsys, str(folder), "--from", "2020-01-15", "--to", "2020-01-20")
    assert code == 0
    assert "the conflict stays the same all the time" in out


@pytest.mark.parametrize(
    "text",
    [
        "my notes\n",
        "[]",
        '{"kind": "analysis", "steps": []}',
        '{"kind": "replay"}',
        '{"kind": "replay", "steps": []}',
        '{"kind": "replay", "steps": 3, "made": {}, "from": "", "to": ""}',
        '{"kind": "replay", "steps": [{}], "made": {}, "from": "2020", "to": "2021"}',
    ],
)
def test_a_file_that_is_no_transcript_is_refused_and_stays_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    folder, kept = written(tmp_path), tmp_path / "kept.json"
    kept.write_text(text)
    code, out, err = run(capsys, str(folder), "--from", START, "--to", END, "--write", str(kept))
    assert (code, out) == (2, "")
    assert "would-overwrite" in err
    assert kept.read_text() == text


def test_mistakes_in_the_question_leave_the_transcript_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, kept = written(tmp_path), tmp_path / "kept.json"
    for more, code in (
        (["--from", END, "--to", START], "ends-before-start"),
        (["--from", "soon", "--to", END], "bad-date"),
        (["--from", START, "--to", END, "--viewpoint", "nroth"], "unknown-id"),
    ):
        status, out, err = run(capsys, str(folder), *more, "--write", str(kept))
        assert (status, out) == (2, "")
        assert err.startswith(code)
        assert not kept.exists()
    code, _, err = run(capsys, "chicken", "--from", START, "--to", END)
    assert code == 2
    assert "not-timed" in err


def test_days_that_the_earlier_run_did_not_look_at_are_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path)
    changes(capsys, folder, end="2020-03-31")
    told = changes(capsys, folder, end=END)
    assert told == ["The period is another: to 2020-03-31 then, 2020-12-31 now."]
    told = changes(capsys, folder, start="2019-01-01")
    assert told == ["The period is another: from 2020-01-01 then, 2019-01-01 now."]


@pytest.mark.parametrize("more", [["--viewpoint", "south"], ["--as-known-then"]])
def test_another_question_is_named_as_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    folder = written(tmp_path)
    changes(capsys, folder)
    told = changes(capsys, folder, *more)
    word = "viewpoint" if "--viewpoint" in more else "known"
    assert any(word in line.lower() and not line.startswith("2020") for line in told)


def test_of_two_parts_that_read_alike_both_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "  - {option: north.stay, from: 2020-01-10}\n"
    twice = "  - {option: south.go, holds_when: storm}\n  - {option: south.go, from: 2020-11-01}\n"
    model = MODEL.replace(first, first + twice)
    folder = written(tmp_path, model=model)
    changes(capsys, folder)
    written(
        tmp_path, RECORD.replace("storm: {what: x, date: 2020-04-10}", "storm: {what: x}"), model
    )
    told = changes(capsys, folder)
    assert any("because status quo: south.go" in line and "storm" in line for line in told)


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
    milestones:
      signed: {date: 2020-02-01}
      begun: {date: 2020-06-01, counts: signed + P1M}
      over: {counts: begun + P1M}
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


@pytest.mark.parametrize("known", [False, True])
def test_what_is_counted_from_a_milestone_turns_on_its_day(tmp_path: Path, known: bool) -> None:
    record = load_record(dossier(tmp_path, a=ANCHORED))
    wanted, turning = all_facts(record), set(turning_days(record))
    first, last = (date(2020, month, 1).toordinal() - 1 for month in (1, 12))
    before = stood(record, first, wanted, None, known)
    missed = []
    for day in range(first + 1, last):
        now = stood(record, day, wanted, None, known)
        if now != before and day not in turning:
            missed.append(day_text(day * DAY))
        before = now
    assert missed == []
