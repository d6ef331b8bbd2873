"""What a condition may ask of a record: every kind of atom, and what is left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.framing import Framed, Judged, frame
from detente.framing.facts import Facts
from detente.model import parse_model
from detente.model.expressions import Fact
from detente.record import Record, load_record
from tests.test_record_file import dossier

RECORD = """
actors:
  north: North
  south: South
  watch: Watch
sources:
  late: {title: A late paper, date: 2021-06-01}
quantities:
  ore: {name: Ore, unit: t}
  tin: {name: Tin, unit: t}
agreements:
  pact:
    name: Pact
    parties:
      - {party: north, from: 2020-02-01, to: 2020-12-01}
      - {party: south, from: 2020-02-01}
      - {party: south, state: out, from: 2020-08-01, according_to: south}
      - {party: south, from: 2020-08-01, according_to: north}
      - {party: watch, from: 2020-03}
    milestones:
      signed: {date: 2020-02-01}
      review: {counts: signed + P1Y}
      opening: {counts: signed + P1Y, unless: snap}
      closing: {counts: signed + P1Y, unless: claim}
      accession: {name: Accession}
    status:
      - {from: 2020-02-01, to: 2020-12-01}
  draft:
    name: Draft
    status:
      - {from: 2020-02-01, according_to: north}
      - {state: not-in-force, from: 2020-02-01, according_to: south}
  rumour: {name: Rumour, status: {from: 2020-05}}
commitments:
  cap: {agreement: pact, debtors: south, what: x, starts: signed, lasts: P1Y,
        limit: {quantity: ore, value: <= 10 t}}
  quota: {debtors: south, what: x, limit: {quantity: tin, value: <= 10 t}}
  duty:
    debtors: south
    what: x
    starts: 2020-02-01
    performance:
      - {state: not-performed, from: 2020-04-01, to: 2020-05-01}
      - {state: kept, from: 2020-05-01, according_to: south}
      - {state: not-performed, from: 2020-05-01, according_to: north}
mechanisms:
  snap: {name: Snap, steps: [{what: Notice, by_day: 0}, {what: Vote, by_day: 30}],
         runs: [{started: 2020-07-01}]}
  claim:
    name: Claim
    steps: [{what: Vote, by_day: 30}]
    runs:
      - started: 2020-07-01
        status:
          - {state: running, from: 2020-07-01, according_to: north}
          - {state: void, from: 2020-07-01, according_to: south}
measures:
  ban:
    by: north
    what: x
    status:
      - {from: 2020-02-01, to: 2020-05-01}
      - {from: 2020-05-01, according_to: north}
      - {state: not-in-force, from: 2020-05-01, according_to: south}
  toll: {by: north, what: x, status: {from: 2020-07}}
  levy: {by: north, what: x, sources: late, status: {from: 2020-03-01, sources: late}}
events:
  storm: {what: x, date: 2020-03-10}
  talks: {what: x, date: [{date: 2020-04-01, phase: announced},
                          {date: 2020-05-01/2020-05-03, phase: begun},
                          {date: 2020-06-01, phase: over, according_to: north},
                          {date: 2020-06-05, phase: over, according_to: south}]}
  leak: {what: x, date: 2020-03-10, reported: 2020-09-01}
  tale: {what: x, date: 2020-03-10, according_to: north}
  raid: {what: x, date: [{date: 2020-06-01, according_to: north},
                         {date: 2020-06-05, according_to: south}]}
observations:
  o1: {quantity: ore, of: south, value: 8 t, as_of: 2020-03-01, observer: watch}
  o2: {quantity: ore, of: south, value: 12 t, as_of: 2020-06-01, observer: watch,
       reported: 2020-06-20}
  o3: {quantity: tin, of: south, value: 8 t, as_of: 2020-03-01, observer: south}
  o4: {quantity: tin, of: south, value: 12 t, as_of: 2020-04-01, observer: north}
statements:
  ask: {kind: demand, speaker: north, to: south, date: 2020-03-01}
  no: {kind: refusal, speaker: south, date: 2020-04-01, answers: ask}
  yes: {kind: acceptance, speaker: south, date: 2020-05-01, answers: ask}
  bid: {kind: offer, speaker: south, date: 2020-03-01}
  back: {kind: assertion, speaker: south, date: 2020-06-01, withdraws: bid}
  plea: {kind: offer, speaker: south, date: 2020-03-01}
  nay: {kind: assertion, speaker: north, date: 2020-06-01, withdraws: plea}
  hint: {kind: threat, speaker: south, date: 2020-03-01, reported: 2020-09-01}
  heard: {kind: threat, speaker: south, date: 2020-03-01, according_to: north}
  motto: {kind: assertion, speaker: south}
"""

#: atom, from whose viewpoint, known by when; then from which day on what it comes to, in order;
#: Y and N for what is settled, ? for what is open
Case = tuple[str, str | None, str | None, str]

ATOMS: list[Case] = [
    # events
    ("storm", None, None, "N 2020-03-10 Y"),
    ("storm is happened", "south", None, "N 2020-03-10 Y"),
    ("talks", None, None, "N 2020-04-01 Y"),
    ("talks is announced", None, None, "N 2020-04-01 Y"),
    ("talks is begun", None, None, "N 2020-05-01 Y"),
    ("talks is over", None, None, "N 2020-06-01 ? 2020-06-05 Y"),
    ("talks is over", "north", None, "N 2020-06-01 Y"),
    ("talks is over", "south", None, "N 2020-06-05 Y"),
    ("raid", "north", None, "N 2020-06-01 Y"),
    ("raid", "south", None, "N 2020-06-05 Y"),
    ("leak", None, None, "N 2020-03-10 Y"),
    ("leak", None, "2020-08-31", "N"),
    ("leak", None, "2020-09-01", "N 2020-03-10 Y"),
    ("tale", None, None, "N 2020-03-10 Y"),
    ("tale", "north", None, "N 2020-03-10 Y"),
    ("tale", "south", None, "N"),
    # statements
    ("ask", None, None, "N 2020-03-01 Y"),
    ("ask is said", None, None, "N 2020-03-01 Y"),
    ("ask is open", None, None, "N 2020-03-01 Y 2020-05-01 N"),
    ("ask is withdrawn", None, None, "N"),
    ("bid is open", None, None, "N 2020-03-01 Y 2020-06-01 N"),
    ("bid is withdrawn", None, None, "N 2020-06-01 Y"),
    ("bid is withdrawn", None, "2020-05-01", "N"),
    ("plea is open", None, None, "N 2020-03-01 Y"),
    ("plea is withdrawn", None, None, "N"),
    ("bid is said", None, None, "N 2020-03-01 Y"),
    ("hint", None, None, "N 2020-03-01 Y"),
    ("hint", None, "2020-08-31", "N"),
    ("hint is open", None, None, "N"),
    ("heard", "south", None, "N"),
    ("heard", "north", None, "N 2020-03-01 Y"),
    ("motto", None, None, "Y"),
    # measures
    ("ban", None, None, "N 2020-02-01 Y 2020-05-01 ?"),
    ("ban is in-force", "north", None, "N 2020-02-01 Y"),
    ("ban is in-force", "south", None, "N 2020-02-01 Y 2020-05-01 N"),
    ("ban is not-in-force", "south", None, "Y 2020-02-01 N 2020-05-01 Y"),
    ("ban is not-in-force", "north,south", None, "Y 2020-02-01 N 2020-05-01 ?"),
    ("ban is contested", None, None, "N 2020-05-01 Y"),
    ("ban is contested", "north", None, "N"),
    ("ban is unknown", None, None, "N"),
    ("toll", None, None, "N 2020-07-01 ? 2020-07-31 Y"),
    ("toll is unknown", None, None, "N 2020-07-01 Y 2020-07-31 N"),
    ("levy", None, None, "N 2020-03-01 Y"),
    ("levy", None, "2021-05-31", "N"),
    ("levy is not-in-force", None, "2021-05-31", "Y"),
    ("levy", None, "2021-06-01", "N 2020-03-01 Y"),
    # commitments
    ("cap is not-begun", None, None, "Y 2020-02-01 ? 2020-03-01 N"),
    ("cap is unknown", None, None, "N 2020-02-01 Y 2020-03-01 N"),
    ("cap is kept", None, None, "N 2020-02-01 ? 2020-03-01 Y 2020-06-01 N"),
    ("cap is exceeded", None, None, "N 2020-02-01 ? 2020-03-01 N 2020-06-01 Y 2021-02-01 N"),
    ("cap is exceeded", None, "2020-06-19", "N 2020-02-01 ? 2020-03-01 N"),
    ("cap is kept", None, "2020-06-19", "N 2020-02-01 ? 2020-03-01 Y 2021-02-01 N"),
    ("cap is ended", None, None, "N 2020-02-01 ? 2020-03-01 N 2021-02-01 Y"),
    ("duty is not-performed", None, None, "N 2020-02-01 ? 2020-04-01 Y 2020-05-01 ?"),
    ("duty is kept", "south", None, "N 2020-02-01 ? 2020-04-01 N 2020-05-01 Y"),
    ("duty is not-performed", "north", None, "N 2020-02-01 ? 2020-04-01 Y"),
    ("duty is contested", None, None, "N 2020-05-01 Y"),
    ("quota is contested", None, None, "N 2020-04-01 Y"),
    ("quota is kept", None, None, "? 2020-03-01 Y 2020-04-01 ?"),
    ("quota is exceeded", "north", None, "? 2020-03-01 N 2020-04-01 Y"),
    # agreements
    ("pact", None, None, "N 2020-02-01 Y 2020-12-01 N"),
    ("pact is in-force", None, None, "N 2020-02-01 Y 2020-12-01 N"),
    ("pact is not-in-force", None, None, "Y 2020-02-01 N 2020-12-01 Y"),
    ("draft", None, None, "N 2020-02-01 ?"),
    ("draft is contested", None, None, "N 2020-02-01 Y"),
    ("draft is not-in-force", "south", None, "Y"),
    ("rumour is unknown", None, None, "N 2020-05-01 Y 2020-05-31 N"),
    # parties
    ("pact.north", None, None, "N 2020-02-01 Y 2020-12-01 N"),
    ("pact.north is out", None, None, "Y 2020-02-01 N 2020-12-01 Y"),
    ("pact.south is in", None, None, "N 2020-02-01 Y 2020-08-01 ?"),
    ("pact.south is contested", None, None, "N 2020-08-01 Y"),
    ("pact.south", "north", None, "N 2020-02-01 Y"),
    ("pact.south", "south", None, "N 2020-02-01 Y 2020-08-01 N"),
    ("pact.watch is unknown", None, None, "N 2020-03-01 Y 2020-03-31 N"),
    # milestones
    ("pact.signed", None, None, "N 2020-02-01 Y"),
    ("pact.signed is reached", None, None, "N 2020-02-01 Y"),
    ("pact.signed is due", None, None, "Y 2020-02-01 N"),
    ("pact.review", None, None, "N"),
    ("pact.review is due", None, None, "Y 2021-02-01 N"),
    ("pact.review is passed", None, None, "N 2021-02-01 Y"),
    ("pact.opening is lapsed", None, None, "N 2020-07-31 Y"),
    ("pact.opening is due", None, None, "Y 2020-07-31 N"),
    ("pact.closing is contested", None, None, "N 2020-07-31 Y"),
    ("pact.closing is lapsed", "north", None, "N 2020-07-31 Y"),
    ("pact.closing is due", "south", None, "Y 2021-02-01 N"),
    ("pact.closing is lapsed", None, None, "N 2020-07-31 ?"),
    ("pact.accession is open", None, None, "Y"),
    # mechanisms
    ("snap", None, None, "N 2020-07-01 Y 2020-07-31 N"),
    ("snap is running", "north", None, "N 2020-07-01 Y 2020-07-31 N"),
    ("snap is idle", None, None, "Y 2020-07-01 N 2020-07-31 Y"),
    ("claim", "north", None, "N 2020-07-01 Y 2020-07-31 N"),
    ("claim is idle", "south", None, "Y"),
    # observations
    ("o2", None, None, "N 2020-06-01 Y"),
    ("o2 is reported", None, "2020-06-19", "N"),
    ("o2 is reported", None, "2020-06-20", "N 2020-06-01 Y"),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return load_record(dossier(tmp_path_factory.mktemp("dossier"), a=RECORD))


def day_before(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def answer(record: Record, atom: str, on: str, viewpoint: str | None, known_by: str | None) -> str:
    name, _, state = atom.partition(" is ")
    whose = None if viewpoint is None else viewpoint.split(",")
    standing = record.as_of(on, known_by=known_by, viewpoint=whose)
    found = Facts(standing).holds(Fact(name, state or None))
    return {True: "Y", False: "N", None: "?"}[found]


@pytest.mark.parametrize(("atom", "viewpoint", "known_by", "course"), ATOMS)
def test_an_atom_comes_to_what_the_record_says_on_each_day(
    record: Record, atom: str, viewpoint: str | None, known_by: str | None, course: str
) -> None:
    words = course.split()
    wanted, days = words[::2], ["2019-01-01", *words[1::2]]
    ends = [*map(day_before, days[1:]), "2022-01-01"]
    for first, last, expected in zip(days, ends, wanted, strict=True):
        for day in (first, last):
            assert answer(record, atom, day, viewpoint, known_by) == expected, day


def test_every_kind_and_every_state_stands_in_the_table() -> None:
    from detente.framing.facts import STATES

    kinds = dict.fromkeys(("storm", "talks", "leak", "tale", "raid"), "event")
    kinds |= dict.fromkeys(("ask", "bid", "plea", "hint", "heard", "motto"), "statement")
    kinds |= dict.fromkeys(("ban", "toll", "levy"), "measure")
    kinds |= dict.fromkeys(("cap", "duty", "quota"), "commitment")
    kinds |= dict.fromkeys(("pact", "draft", "rumour"), "agreement")
    kinds |= dict.fromkeys(("pact.north", "pact.south", "pact.watch"), "party")
    stones = ("signed", "review", "opening", "closing", "accession")
    kinds |= dict.fromkeys((f"pact.{stone}" for stone in stones), "milestone")
    kinds |= {"snap": "mechanism", "claim": "mechanism", "o2": "observation"}
    seen: dict[str, set[str]] = {}
    for atom, *_ in ATOMS:
        name, _, state = atom.partition(" is ")
        seen.setdefault(kinds[name], set()).add(state)
    for kind, states in STATES.items():
        bare = set() if kind == "commitment" else {""}
        assert seen[kind] >= {*states, *bare}, kind


def test_a_run_that_some_hold_for_void_is_no_more_idle_than_running(record: Record) -> None:
    for atom in ("claim", "claim is running", "claim is idle"):
        assert answer(record, atom, "2020-07-15", None, None) == "?"


def test_an_event_whose_day_is_disputed_is_open_between_the_days(record: Record) -> None:
    days = ("2020-05-31", "2020-06-01", "2020-06-04", "2020-06-05")
    assert [answer(record, "raid", day, None, None) for day in days] == ["N", "?", "?", "Y"]


# -- what stays open -------------------------------------------------------------------------------

MODEL = """
decision_makers:
  north: {options: {stay: {name: Stay, holds_when: WHEN}}, priorities: []}
status_quo: []
"""
#: while `ban`, `draft` and `duty` are contested, and `storm` has happened
ON = "2020-06-15"


def framed(record: Record, when: str, on: str = ON, viewpoint: str | None = None) -> Framed:
    conflict = parse_model(MODEL.replace("WHEN", f'"{when}"'))
    return frame(conflict, record.as_of(on, viewpoint=viewpoint), on, viewpoint=())


def judged(record: Record, when: str, on: str = ON, viewpoint: str | None = None) -> Judged:
    (found,) = framed(record, when, on, viewpoint).judged
    assert found.part == "option north.stay"
    return found


@pytest.mark.parametrize(
    ("when", "in_force", "open_"),
    [
        ("ban", False, ("ban",)),
        ("not ban", False, ("ban",)),
        ("ban is contested", True, ()),
        ("not ban is contested", False, ()),
        ("ban or not ban", True, ()),
        ("ban and not ban", False, ()),
        ("ban iff ban", True, ()),
        ("ban if ban", True, ()),
        ("ban or storm", True, ()),
        ("ban and not storm", False, ()),
        ("ban and storm", False, ("ban",)),
        ("storm if ban", True, ()),
        ("ban if not storm", True, ()),
        ("ban if storm", False, ("ban",)),
        ("ban iff storm", False, ("ban",)),
        ("ban and draft", False, ("ban", "draft")),
        ("ban and draft and not storm", False, ()),
        ("draft or not (ban and draft)", True, ()),
        ("duty is kept or duty is ended", False, ("duty",)),
        ("true or ban", True, ()),
        ("false", False, ()),
    ],
)
def test_a_contested_atom_leaves_a_condition_open_only_where_it_matters(
    record: Record, when: str, in_force: bool, open_: tuple[str, ...]
) -> None:
    found = judged(record, when)
    assert (found.in_force, set(found.open)) == (in_force, set(open_))
    undecided = framed(record, when).undecided
    assert [one.part for one in undecided] == (["option north.stay"] if open_ else [])


def test_what_stays_open_is_told_with_how_it_stood_and_a_viewpoint_settles_it(
    record: Record,
) -> None:
    found = judged(record, "ban and storm and cap is exceeded")
    assert found.facts == {"ban": "contested", "storm": "happened", "cap": "exceeded"}
    found = judged(record, "ban and storm", viewpoint="north")
    assert (found.in_force, found.open) == (True, ())
    found = judged(record, "ban and storm", viewpoint="south")
    assert (found.in_force, found.open) == (False, ())


def test_only_what_a_condition_hangs_on_is_told_as_open_and_once(record: Record) -> None:
    assert judged(record, "(ban or not ban) and draft").open == ("draft",)
    assert judged(record, "duty is kept or duty is ended").open == ("duty",)


def test_an_entry_asked_about_twice_is_told_with_both_answers(record: Record) -> None:
    found = judged(record, "talks is announced and not talks is over", on="2020-05-15")
    assert found.in_force
    told = " ".join(f"{id_} {state}" for id_, state in found.facts.items())
    assert "announced" in told
    assert "not over" in told


def test_a_condition_out_of_its_dates_is_not_open(record: Record) -> None:
    text = MODEL.replace("WHEN", "ban, from: 2021-01-01")
    found = frame(parse_model(text), record.as_of(ON), ON)
    assert found.judged[0].open == ()
    assert found.undecided == ()


def test_the_shipped_record_answers_the_same_atoms_as_its_standing() -> None:
    import detente

    shipped = load_record(Path(detente.__file__).parent / "catalog" / "jcpoa-2021")
    for viewpoint in (None, "usa", "iran"):
        standing = shipped.as_of("2020-10-01", viewpoint=viewpoint)
        facts = Facts(standing)
        for one in standing.measures:
            assert facts.state(Fact(one.measure.id, None)) == one.state
        for two in standing.commitments:
            assert facts.state(Fact(two.commitment.id, "kept")) == two.state
