"""Answers that were once wrong: small records, each asked the question that showed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli import main
from detente.errors import DetenteError
from detente.record import Record, load_record, read_record, timeline
from detente.record.stand import stand
from detente.record.standing import CommitmentStanding

ACTORS = "actors: {a: {name: A}, b: {name: B}, c: {name: C}, i: {name: I}}\n"


def record(folder: Path, text: str) -> Record:
    file = folder / "facts.yaml"
    file.write_text(ACTORS + text)
    return load_record(file)


def commitments(of: Record, on: str, viewpoint: str | None = None) -> dict[str, CommitmentStanding]:
    found = of.as_of(on, viewpoint=viewpoint).commitments
    return {one.commitment.id: one for one in found}


LAPSE = """
agreements:
  p:
    name: P
    parties: a
    milestones: {t: {counts: "2025-10-18", unless: m}, u: {counts: t + P1Y}}
    status: {from: "2000", to: t}
commitments:
  ends: {agreement: p, debtors: a, what: x, ends: t}
  after: {agreement: p, debtors: a, what: x, starts: t + P1D}
  at: {agreement: p, debtors: a, what: x, starts: t}
  later: {agreement: p, debtors: a, what: x, starts: u}
mechanisms:
  m: {name: M, agreement: p, steps: [{what: x, by_day: 30}], runs: [{started: "START", by: a}]}
"""


def test_nothing_ends_with_a_lapsed_milestone_and_nothing_is_counted_from_it(
    tmp_path: Path,
) -> None:
    lapsed = record(tmp_path, LAPSE.replace("START", "2025-08-20"))
    standing = lapsed.as_of("2026-11-01")
    agreement = standing.agreements[0]
    assert agreement.state == "in-force"
    assert [(m.id, m.state) for m in agreement.milestones] == [("p.t", "lapsed"), ("p.u", "open")]
    states = {one.commitment.id: one.state for one in standing.commitments}
    assert states == {
        "ends": "unknown",
        "after": "not-begun",
        "at": "not-begun",
        "later": "not-begun",
    }


def test_a_mechanism_that_runs_out_after_the_day_of_a_milestone_does_not_bar_it(
    tmp_path: Path,
) -> None:
    passed = record(tmp_path, LAPSE.replace("START", "2030-01-01"))
    standing = passed.as_of("2031-01-01")
    assert standing.agreements[0].milestones[0].state == "passed"
    assert standing.agreements[0].state == "not-in-force"
    assert commitments(passed, "2031-01-01")["ends"].state == "ended"


def test_what_is_first_said_later_is_not_listed_before(tmp_path: Path) -> None:
    text = """
agreements:
  future: {name: Future, status: {from: "2025-01-01"}}
  y: {name: Y, milestones: {old: "2010-01-01", new: "2025-09-28"},
      parties: [{party: a, from: "2010-01-01"}, {party: b, from: "2025-01-01"}]}
measures: {s: {by: a, what: x, status: {from: y.new}}}
"""
    standing = record(tmp_path, text).as_of("2020-01-01", known_by="2020-01-01")
    assert [one.agreement.id for one in standing.agreements] == ["y"]
    assert [one.id for one in standing.agreements[0].milestones] == ["y.old"]
    assert [one.actor for one in standing.agreements[0].parties] == ["a"]
    assert not standing.measures


LIMIT = """
quantities: {q: {name: Q, unit: kg}}
commitments:
  d: {debtors: DEBTORS, what: x, limit: {quantity: q, value: <= 10 kgREADINGS}}
observations:
"""


def test_a_reading_of_a_limit_counts_from_when_it_was_told(tmp_path: Path) -> None:
    readings = ", readings: [{kind: cap, according_to: b, reported: '2016'}, "
    readings += "{kind: estimate, according_to: a, reported: '2030'}]"
    text = LIMIT.replace("DEBTORS", "a").replace("READINGS", readings)
    text += '  o: {quantity: q, of: a, value: 12 kg, as_of: "2016-01-01"}\n'
    found = record(tmp_path, text)
    for known_by, state in (("2021-01-01", "exceeded"), (None, "contested")):
        assert found.as_of("2020-01-01", known_by=known_by).commitments[0].state == state


def test_what_several_owe_is_kept_only_if_each_was_seen_to_keep_it(tmp_path: Path) -> None:
    text = LIMIT.replace("DEBTORS", "[a, b]").replace("READINGS", "")
    text += '  o: {quantity: q, of: a, value: 5 kg, as_of: "2016-01-01"}\n'
    assert commitments(record(tmp_path, text), "2017")["d"].state == "unknown"


def test_the_observation_shown_is_the_one_that_tells_the_state(tmp_path: Path) -> None:
    text = LIMIT.replace("DEBTORS", "a").replace("READINGS", "")
    text += """
  old: {quantity: q, value: 50 kg, as_of: "2010-01-01", observer: i}
  new: {quantity: q, of: a, value: 5 kg, as_of: "2016-01-01", observer: i}
  said: {quantity: q, of: a, value: 12 kg, as_of: "2016-02-01", observer: i, according_to: b}
"""
    found = record(tmp_path, text)
    for viewpoint, state, id_ in (("c", "kept", "new"), ("b", "exceeded", "said")):
        one = commitments(found, "2017", viewpoint)["d"]
        assert one.observation is not None
        assert (one.state, one.observation.id) == (state, id_)


def test_only_those_addressed_accept_and_only_the_holder_takes_back(tmp_path: Path) -> None:
    text = """
statements:
  d1: {kind: demand, date: "2020-01-01", speaker: a, to: b}
  yea: {kind: acceptance, date: "2020-02-01", speaker: b, answers: d1}
  back: {kind: assertion, date: "2020-03-01", speaker: b, withdraws: yea}
  d2: {kind: demand, date: "2020-01-01", speaker: a, to: b}
  other: {kind: acceptance, date: "2020-02-01", speaker: c, answers: d2}
  d3: {kind: demand, date: "2020-01-01", speaker: a, to: b}
  odd: {kind: demand, date: "2020-02-01", speaker: c, replaces: d3}
  d4: {kind: demand, date: "2020-01-01", speaker: a, to: b}
  nay: {kind: refusal, date: "2020-02-01", speaker: b, answers: d4}
  sorry: {kind: assertion, date: "2020-03-01", speaker: b, withdraws: nay}
"""
    found = record(
        tmp_path, text.replace("yes", "yea").replace(" no:", " nay:").replace(": no}", ": nay}")
    )
    for on, expected in (
        ("2020-02-15", {"d2": "open", "d3": "open", "odd": "open", "d4": "refused"}),
        ("2020-06-01", {"d1": "open", "d2": "open", "d3": "open", "odd": "open", "d4": "open"}),
    ):
        demands = found.as_of(on).demands
        assert {one.statement.id: one.state for one in demands} == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("questions: {q: {question: Who?, views: []}}", None),
        (
            "quantities: {q: {name: Q, unit: kg}}\ncommitments: {d: {debtors: a, what: x, limit: "
            "{quantity: q, value: <= 100000000000 kg, equivalent: <= 100000000 t}}}",
            None,
        ),
        (
            "mechanisms: {m: {name: M, ends_at: midnight, steps: [{what: x, by_day: 3}], "
            "runs: {started: 2020-08-20/..}}}",
            "bad-date",
        ),
        (
            "mechanisms: {m: {name: M, steps: [{what: x, by_day: 100000}], "
            "runs: {started: '9990-08-20'}}}",
            "bad-date",
        ),
        (
            "questions: {q: {question: Who?, views: [{view: x, according_to: a, from: '2000'}, "
            "{view: y, according_to: a, from: '2000'}]}}",
            "overlapping-accounts",
        ),
        (
            "measures: {s: {by: a, what: x, status: {from: '2020'}}}\nstatements: {t: {kind: "
            "assertion, speaker: a, claims: {about: s, state: in force, on: '2021'}}}",
            "wrong-type",
        ),
        ("agreements: {g: {name: G, milestones: {bad name: '2020'}}}", "bad-id"),
    ],
)
def test_odd_input_is_taken_or_refused_by_a_code_of_its_own(
    tmp_path: Path, text: str, code: str | None
) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(ACTORS + text)
    loaded = read_record(file)
    assert [one.code for one in loaded.problems] == ([code] if code else [])
    if loaded.record is not None:
        stand(loaded.record, "2021-01-01")
        timeline(loaded.record)


def test_a_dangling_id_does_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(
        ACTORS
        + "measures: {s: {by: nobody, what: x, status: {from: '2022', to: '2020'}}}\n"
        + "statements: {t: {kind: demand, speaker: a, quote: word}}\n"
    )
    codes = {one.code for one in read_record(file).problems}
    assert codes == {"unknown-id", "ends-before-start", "quote-without-source"}


def test_a_date_without_an_end_cannot_be_asked_about(tmp_path: Path) -> None:
    found = record(tmp_path, "")
    for asked in ({"on": "2020/.."}, {"on": "2020", "known_by": "2020/.."}):
        with pytest.raises(DetenteError, match="bad-date"):
            found.as_of(**asked)  # type: ignore[arg-type]


def test_a_timeline_of_several_actors_has_what_each_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = "events: {e: {what: x, date: '2020', who: a}, f: {what: y, date: '2021', who: b}}\n"
    found = record(tmp_path, events)
    assert [one.id for one in timeline(found, actor="a,b")] == ["e", "f"]
    assert main(["timeline", str(tmp_path / "facts.yaml"), "--actor", "a,b"]) == 0
    assert "2 lines" in capsys.readouterr().out


def test_whose_a_measure_is_is_told_even_where_the_name_stands_in_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path, "measures: {s: {by: b, what: Ban on trade, status: {from: '2020'}}}\n")
    assert main(["standing", str(tmp_path / "facts.yaml"), "--on", "2021"]) == 0
    assert "B: Ban on trade" in capsys.readouterr().out
