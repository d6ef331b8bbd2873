"""Record files: what is refused is told at its place, all of it at once, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

import detente
from detente.cli import main
from detente.document import Document
from detente.document import files as document_files
from detente.errors import RULES, DetenteError, Problem
from detente.record import load as record_load
from detente.record.load import MAX_BYTES, Loaded, read_record
from detente.record.schema import record_schema

CATALOG = Path(detente.__file__).parent / "catalog" / "jcpoa-2021"

#: what the cases lean on; line 1 is empty
GROUND = """
actors:
  north: North
  south: South
  mira: {name: Mira, kind: person, roles: [{office: Envoy, of: north, from: 2020, to: 2020}]}
sources:
  gazette: {title: Official gazette, date: 2020-03-02}
quantities:
  ore: {name: Ore, unit: t}
agreements:
  pact:
    name: Pact of the two
    parties: [north, south]
    milestones:
      signed: {date: 2020-03-01}
      review: {counts: signed + P5Y}
"""


def dossier(folder: Path, **files: str | bytes) -> Path:
    """A dossier with these files in record/, and `dossier` beside it."""
    (folder / "record").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / ("dossier.yaml" if name == "dossier" else f"record/{name}.yaml")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def told(loaded: Loaded, folder: Path) -> list[tuple[str, str, int, int]]:
    """Code, file, line and column of every problem."""
    found = []
    for problem in loaded.problems:
        assert problem.place is not None, problem
        assert str(problem).startswith(f"{problem.place} {problem.code} ")
        file = Path(problem.place.file).relative_to(folder).as_posix()
        found.append((problem.code, file, problem.place.line, problem.place.column))
    return found


def only(loaded: Loaded) -> Problem:
    assert len(loaded.problems) == 1, loaded.problems
    return loaded.problems[0]


#: text, its code, line and column, words of the message or remedy
Case: TypeAlias = tuple[str, str, int, int, str]

ERRORS: list[Case] = [
    # ids and the shape of entries
    ("actors: {1st: First}", "bad-id", 1, 10, "'1st'"),
    ("actors: {a.b: First}", "bad-id", 1, 10, "'a.b'"),
    ('events: {"": {what: x}}', "bad-id", 1, 10, "no id"),
    ("events:\n  south: {what: It rained}", "duplicate-id", 2, 3, "a.yaml:4:3"),
    ("events:\n  e: {what: x}\n  e: {what: y}", "duplicate-key", 3, 3, "line 2"),
    ("events:\n  e: {what: x, what: y}", "duplicate-key", 2, 16, "line 2"),
    ("actor:\n  a: A", "unknown-key", 1, 1, "did you mean 'actors'?"),
    ("title: A pact", "unknown-key", 1, 1, "no section"),
    ("events:\n  e: {what: x, plaec: here}", "unknown-key", 2, 16, "did you mean 'place'?"),
    (
        "measures:\n  m: {by: north, what: x, status: [{form: 2020}]}",
        "unknown-key", 2, 37, "did you mean 'from'?",
    ),
    ("events:\n  e: {date: 2021}", "missing-key", 2, 6, "'what'"),
    ("events:\n  e: {wht: x}", "unknown-key", 2, 7, "did you mean 'what'?"),
    ("statements:\n  s: {kind: demand}", "missing-key", 2, 6, "'speaker'"),
    ("events:\n  - e", "wrong-type", 2, 3, "a list"),
    ("events:\n  e: It rained", "wrong-type", 2, 3, "'It rained'"),
    ("events:\n  e: {what: [x]}", "wrong-type", 2, 13, "a list"),
    ("events:\n  e: {what: x, ordinal: third}", "wrong-type", 2, 25, "integer"),
    ("statements:\n  s: {kind: demnad, speaker: north}", "wrong-type", 2, 13, "mean 'demand'?"),
    ("actors:\n  a: {name: A, kind: staet}", "wrong-type", 2, 22, "did you mean 'state'?"),
    ("events:\n  e: {what: x, who: [north, north]}", "duplicate-name", 2, 29, "'north'"),
    ("- a", "wrong-type", 1, 1, "not sections"),
    # what entries name
    ("events:\n  e: {what: x, who: sout}", "unknown-id", 2, 21, "did you mean 'south'?"),
    ("events:\n  e: {what: x, who: [north, nowhere]}", "unknown-id", 2, 29, "no actor"),
    ("events:\n  e: {what: x, about: pcat}", "unknown-id", 2, 23, "did you mean 'pact'?"),
    ("events:\n  e: {what: x, sources: gazete}", "unknown-id", 2, 25, "did you mean 'gazette'?"),
    (
        "commitments:\n  c: {agreement: pact, debtors: north, what: x, starts: sigend}",
        "unknown-id", 2, 57, "did you mean 'signed'?",
    ),
    (
        "commitments:\n  c: {agreement: pact, debtors: north, what: x, ends: pact.reviw + P1Y}",
        "unknown-id", 2, 55, "no milestone",
    ),
    (
        "measures:\n  m: {by: north, what: x, status: [{from: signed}]}",
        "unknown-id", 2, 43, "no milestone",
    ),
    (
        "agreements:\n  q: {name: Q, milestones: {due: {counts: singed + P1Y}}}",
        "unknown-id", 2, 43, "no milestone",
    ),
    (
        "agreements:\n  q: {name: Q, milestones: {due: {or_earlier: pact.nothing}}}",
        "unknown-id", 2, 47, "no milestone",
    ),
    ("events:\n  e: {what: x, who: pact}", "wrong-kind", 2, 21, "is an agreement, not an actor"),
    ("events:\n  e: {what: x, follows: north}", "wrong-kind", 2, 25, "an event or a measure"),
    ("events:\n  e: {what: x, sources: [{source: ore}]}", "wrong-kind", 2, 35, "not a source"),
    # dates and amounts
    ("events:\n  e: {what: x, date: 2021-02-30}", "bad-date", 2, 30, "February 2021 has 28 days"),
    ('events:\n  e: {what: x, date: "2021-02-30"}', "bad-date", 2, 31, "28 days"),
    ("events:\n  e: {what: x, date: 2021-13}", "bad-date", 2, 27, "no month 13"),
    ("events:\n  e: {what: x, date: soon}", "bad-date", 2, 22, "'soon' is no date"),
    ("events:\n  e: {what: x, date: [2021-01-01, 2021-04-31]}", "bad-date", 2, 43, "30 days"),
    ("events:\n  e: {what: x, reported: [2021]}", "wrong-type", 2, 26, "a list, not a date"),
    ("events:\n  e: {what: x, date: 2021-05/2021-04}", "bad-date", 2, 30, "before it begins"),
    (
        "commitments:\n  c: {debtors: north, what: x, starts: 2020, lasts: 5 years}",
        "bad-date", 2, 53, "5 years",
    ),
    (
        "observations:\n  o: {quantity: ore, as_of: 2021, value: plenty}",
        "bad-amount", 2, 42, "'plenty' is no amount",
    ),
    (
        "observations:\n  o: {quantity: ore, as_of: 2021, value: 5 tons}",
        "bad-amount", 2, 42, "'tons' is no unit",
    ),
    ("quantities:\n  q: {name: Q, unit: tt}", "bad-amount", 2, 22, "'tt' is no unit"),
    # what cannot be
    (
        "commitments:\n  c: {debtors: north, what: x, limit: {quantity: ore, value: <= 5 kg U}}",
        "unlike-units", 2, 62, "mass of uranium",
    ),
    (
        "observations:\n  o: {quantity: ore, as_of: 2021, value: 5060}",
        "unlike-units", 2, 42, "'5060' is count",
    ),
    (
        "commitments:\n  c:\n    debtors: north\n    what: x\n"
        "    limit: {quantity: ore, value: <= 5 t, equivalent: 500 kg}",
        "not-equivalent", 5, 55, "not the same",
    ),
    (
        "commitments:\n  c:\n    debtors: north\n    what: x\n"
        "    limit: {quantity: ore, value: <= 5 t, equivalent: 5 km}",
        "unlike-units", 5, 55, "length",
    ),
    (
        "measures:\n  m: {by: north, what: x, status: [{from: 2021, to: 2020}]}",
        "ends-before-start", 2, 53, "ends on 2020",
    ),
    (
        "relations:\n  r: {who: north, kind: ally, to: south, from: 2021, until: 2020}",
        "ends-before-start", 2, 61, "begins on 2021",
    ),
    (
        "commitments:\n  c: {agreement: pact, debtors: north, what: x, starts: review, ends: 2024}",
        "ends-before-start", 2, 71, "ends on 2024",
    ),
    (
        "observations:\n  o: {quantity: ore, as_of: 2021-05-02, reported: 2021-05-01, value: 5 t}",
        "out-of-order", 2, 51, "for 2021-05-02",
    ),
    (
        "statements:\n  s: {kind: demand, speaker: north, date: 2021-05-02}\n"
        "  t: {kind: refusal, speaker: south, date: 2021-05-01, answers: [s]}",
        "out-of-order", 3, 66, "before s",
    ),
    (
        "measures:\n  m:\n    by: north\n    what: x\n    status:\n"
        "      - {from: 2020, to: 2022}\n      - {from: 2021, state: not-in-force}",
        "overlapping-accounts", 7, 9, "nobody disputes",
    ),
    (
        "measures:\n  m:\n    by: north\n    what: x\n    status:\n"
        "      - {from: 2020, to: 2022, according_to: [south, north]}\n"
        "      - {from: 2021, state: not-in-force, according_to: south}",
        "overlapping-accounts", 7, 9, "south's",
    ),
    (
        "statements:\n  s: {kind: demand, speaker: north, quote: Give it back}",
        "quote-without-source", 2, 44, "'Give it back'",
    ),
    (
        "statements:\n  s: {kind: demand, speaker: north, answers: s}",
        "circular-statements", 2, 3, "s -> s",
    ),
    (
        "statements:\n  s: {kind: demand, speaker: north, answers: t}\n"
        "  t: {kind: report, speaker: south, reports: s}",
        "circular-statements", 2, 3, "s -> t -> s",
    ),
]  # fmt: skip

WARNINGS: list[Case] = [
    (
        "agreements:\n  q:\n    name: Q\n    milestones:\n      begun: {date: 2020-01-01}\n"
        "      ended: {date: 2021-01-02, counts: begun + P1Y}",
        "milestone-differs", 6, 41, "counted as 2021-01-01",
    ),
    (
        "statements:\n  s: {kind: offer, speaker: mira, for: north, date: 2021-05-01}",
        "not-in-office", 2, 29, "no office of mira for north",
    ),
    (
        "statements:\n  s: {kind: offer, speaker: [north, mira], for: south, date: 2020-05-01}",
        "not-in-office", 2, 37, "for south",
    ),
]  # fmt: skip


def _name(case: Case) -> str:
    return f"{case[1]} {case[4]}"


@pytest.mark.parametrize("case", ERRORS, ids=_name)
def test_each_mistake_is_told_alone_at_its_place(tmp_path: Path, case: Case) -> None:
    text, code, line, column, words = case
    loaded = read_record(dossier(tmp_path, a=GROUND, b=text))
    assert told(loaded, tmp_path) == [(code, "record/b.yaml", line, column)], loaded.problems
    problem = only(loaded)
    assert words in str(problem), str(problem)
    assert problem.severity == "error"
    assert loaded.record is None


@pytest.mark.parametrize("case", WARNINGS, ids=_name)
def test_a_warning_is_told_and_keeps_nobody_from_the_record(tmp_path: Path, case: Case) -> None:
    text, code, line, column, words = case
    loaded = read_record(dossier(tmp_path, a=GROUND, b=text))
    assert told(loaded, tmp_path) == [(code, "record/b.yaml", line, column)], loaded.problems
    problem = only(loaded)
    assert words in problem.what
    assert problem.severity == "warning"
    assert loaded.record is not None
    assert main(["check", str(tmp_path)]) == 0


def test_every_code_of_the_record_has_a_case() -> None:
    codes = list(RULES)
    section = codes[codes.index("bad-id") : codes.index("no-record")]
    told_here = {case[1] for case in (*ERRORS, *WARNINGS)}
    assert set(section) - told_here == {"link-out-of-dossier"}


FINE = {
    "a view taken up later": "measures:\n  m:\n    by: north\n    what: x\n    status:\n"
    "      - {from: 2020, to: 2022, according_to: south}\n"
    "      - {from: 2021, state: not-in-force, according_to: south, held: 2023/..}",
    "accounts of two holders": "measures:\n  m:\n    by: north\n    what: x\n    status:\n"
    "      - {from: 2020, according_to: south}\n"
    "      - {from: 2020, state: not-in-force, according_to: north}",
    "accounts that touch": "measures:\n  m:\n    by: north\n    what: x\n    status:\n"
    "      - {from: 2020, to: 2021-06-01}\n      - {from: 2021-06-01, state: not-in-force}",
    "an equivalent that is one": "commitments:\n  c: {debtors: north, what: x, limit: "
    "{quantity: ore, value: <= 5 t, equivalent: 5000 kg}}",
    "an office that was held": "statements:\n  s: {kind: offer, speaker: mira, for: north, "
    "date: 2020-05-01}",
    "days that may be in order": "statements:\n  s: {kind: demand, speaker: north, date: 2021-05}\n"
    "  t: {kind: refusal, speaker: south, date: 2021-05-01, answers: s}",
    "two answers to one demand": "statements:\n  s: {kind: demand, speaker: north}\n"
    "  t: {kind: refusal, speaker: south, answers: s}\n"
    "  u: {kind: acceptance, speaker: south, answers: [s, t]}",
    "letters of any alphabet": "actors: {Österreich: Österreich, 中国: China}",
    "an empty section": "events:\nactors: {}",
    "nothing but comments": "# to be written\n",
    "nothing": "",
    "a byte order mark": "\ufeffevents: {e: {what: x}}",
    "a remark": "note: Not finished",
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE.keys())
def test_what_is_fine_is_not_refused(tmp_path: Path, text: str) -> None:
    loaded = read_record(dossier(tmp_path, a=GROUND, b=text))
    assert loaded.problems == ()
    assert loaded.record is not None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("actors: {1st: First}\nevents: {e: {what: x, who: 1st}}", (1, 10)),
        ("actorz: {east: East}\nevents: {e: {what: x, who: east}}", (1, 1)),
        ("actors: [east]\nevents: {e: {what: x, who: east}}", (1, 9)),
        ("actors: {east: {name: E, nmae: F}}\nevents: {e: {what: x, who: east}}", (1, 26)),
        ("actors: {east: {name: E, scope: {a: b}}}\nevents: {e: {what: x, who: east}}", (1, 33)),
        ("actors: {}\nevents: {e: {what: x, who: east}}\nactors: {east: East}", (3, 1)),
        ("sources: {north: {title: T}}\nevents: {e: {what: x, sources: north}}", (1, 11)),
        (
            "statements:\n  s: {kind: demand, speaker: north, date: 2021-02-30}\n"
            "  t: {kind: refusal, speaker: south, date: 2021-03-01, answers: s}",
            (2, 51),
        ),
        (
            "actors: {east: {name: E, kind: person, reported: 0}}\n"
            "statements: {s: {kind: offer, speaker: east, for: north, date: 2021}}",
            (1, 50),
        ),
        (
            "agreements: {q: {name: Q, milestones: {due: {date: 2021-00}}}}\n"
            "commitments: {c: {agreement: q, debtors: north, what: x, starts: due}}",
            (1, 57),
        ),
    ],
    ids=[
        "bad id", "misspelt section", "section as list", "unknown key", "wrong type",
        "section twice", "id twice", "statement that is answered", "person who speaks", "milestone",
    ],
)  # fmt: skip
def test_what_hangs_on_a_bad_entry_is_not_told_as_well(
    tmp_path: Path, text: str, place: tuple[int, int]
) -> None:
    loaded = read_record(dossier(tmp_path, a=GROUND, b=text))
    assert [(line, column) for _, _, line, column in told(loaded, tmp_path)] == [place]


# -- several files -------------------------------------------------------------------------------


def test_problems_of_all_files_are_told_at_once_in_the_order_of_the_text(tmp_path: Path) -> None:
    folder = dossier(
        tmp_path,
        dossier="titel: T\nas_of: 2021-02-29\n",
        a="events:\n  e: {what: x, date: 2021-13}\n  f: {wht: y}\n",
        b="actors:\n  b: {name: B, kind: 5}\n",
        c="events:\n  g: {what: x, ordinal: x, date: 0}\n",
    )
    assert told(read_record(folder), folder) == [
        ("unknown-key", "dossier.yaml", 1, 1),
        ("bad-date", "dossier.yaml", 2, 16),
        ("bad-date", "record/a.yaml", 2, 27),
        ("unknown-key", "record/a.yaml", 3, 7),
        ("wrong-type", "record/b.yaml", 2, 22),
        ("wrong-type", "record/c.yaml", 2, 25),
        ("bad-date", "record/c.yaml", 2, 34),
    ]


def test_what_hangs_on_references_is_told_of_all_files_at_once(tmp_path: Path) -> None:
    folder = dossier(
        tmp_path,
        a=GROUND + "measures:\n  m: {by: north, what: x, status: [{from: 2021, to: 2020}]}\n",
        b="statements:\n  s: {kind: demand, speaker: north, quote: x, answers: s}\n",
    )
    assert told(read_record(folder), folder) == [
        ("ends-before-start", "record/a.yaml", 18, 53),
        ("circular-statements", "record/b.yaml", 2, 3),
        ("quote-without-source", "record/b.yaml", 2, 44),
    ]


@pytest.mark.parametrize(
    "bad",
    ["actors: {east: East", "actors:\n\teast: East\n", b"actors: {east: \xff}\n", b"\x7fELF\0\0\1"],
    ids=["bracket", "tab", "latin", "binary"],
)
def test_of_a_file_that_is_no_yaml_the_others_are_told_and_no_ids_are_missed(
    tmp_path: Path, bad: str | bytes
) -> None:
    folder = dossier(
        tmp_path, a=GROUND, b=bad, c="events:\n  e: {what: x, who: east}\n  f: {what: x, date: 0}\n"
    )
    found = told(read_record(folder), folder)
    assert [(code, file) for code, file, _, _ in found] == [
        ("bad-yaml" if isinstance(bad, str) else "not-text", "record/b.yaml"),
        ("bad-date", "record/c.yaml"),
    ]


def test_the_first_of_two_entries_with_one_id_is_named_with_its_place(tmp_path: Path) -> None:
    folder = dossier(tmp_path, a="events:\n  e: {what: x}\n", b="measures: {}\nactors: {e: E}\n")
    problem = only(read_record(folder))
    assert (problem.code, problem.place) == (
        "duplicate-id",
        (f"{folder}/record/b.yaml", 2, 10),
    )
    assert f"'e' is already an event at {folder}/record/a.yaml:2:3" in problem.what


def test_a_file_alone_may_say_what_a_dossier_says(tmp_path: Path) -> None:
    path = tmp_path / "pact.yaml"
    path.write_text(f"title: T\nas_of: 2021\n{GROUND}")
    loaded = read_record(path)
    assert loaded.problems == ()
    assert loaded.record is not None
    assert loaded.record.title == "T"


# -- size ----------------------------------------------------------------------------------------


def test_a_chain_of_five_thousand_answers_is_fine_and_a_ring_of_them_is_told_once(
    tmp_path: Path,
) -> None:
    def answers(last: str) -> str:
        lines = [
            f"  s{k}: {{kind: demand, speaker: north, answers: s{k + 1}}}" for k in range(4999)
        ]
        return "\n".join(["statements:", *lines, last])

    chain = dossier(
        tmp_path / "chain", a=GROUND, b=answers("  s4999: {kind: demand, speaker: north}")
    )
    assert read_record(chain).problems == ()
    back = "  s4999: {kind: demand, speaker: north, answers: s0}"
    ring = dossier(tmp_path / "ring", a=GROUND, b=answers(back))
    problem = only(read_record(ring))
    assert problem.code == "circular-statements"
    assert len(problem.what) < 200


def test_a_chain_of_five_thousand_milestones_is_counted_to_its_end(tmp_path: Path) -> None:
    stones = "\n".join(f"      m{k}: {{counts: m{k + 1} + P1D}}" for k in range(5000))
    text = f"agreements:\n  q:\n    name: Q\n    milestones:\n{stones}\n      m5000: 2021-01-01\n"
    loaded = read_record(dossier(tmp_path, a=text))
    assert loaded.problems == ()
    assert loaded.record is not None
    assert main(["standing", str(tmp_path), "--on", "2021-01-01"]) == 0


def test_milestones_counted_from_each_other_have_no_day_and_end_no_run(tmp_path: Path) -> None:
    text = (
        "agreements: {q: {name: Q, milestones: {a: {counts: b + P1Y}, b: {counts: a}}, "
        "status: {from: a}}}"
    )
    dossier(tmp_path, a=text)
    assert main(["standing", str(tmp_path), "--on", "2021-01-01"]) == 0


def test_two_thousand_unknown_keys_are_told_quickly(tmp_path: Path) -> None:
    keys = "".join(f"    nmae{k}: x\n" for k in range(2000))
    top = "".join(f"evnets{k}: x\n" for k in range(2000))
    folder = dossier(tmp_path, a=f"actors:\n  a:\n    name: A\n{keys}", b=top)
    start = time.perf_counter()
    problems = read_record(folder).problems
    assert time.perf_counter() - start < 2
    assert len(problems) == 4000
    assert {problem.code for problem in problems} == {"unknown-key"}


def test_two_thousand_ids_that_name_nothing_are_told_quickly(tmp_path: Path) -> None:
    lines = "".join(f"  e{k}: {{what: x, about: [z{k}]}}\n" for k in range(2000))
    start = time.perf_counter()
    problems = read_record(dossier(tmp_path, a=f"events:\n{lines}")).problems
    assert time.perf_counter() - start < 4
    assert [problem.code for problem in problems] == ["unknown-id"] * 2000


def test_a_value_of_seventeen_mebibytes_is_too_large_and_the_others_are_told(
    tmp_path: Path,
) -> None:
    folder = dossier(
        tmp_path, a="events: {e: {what: '" + "x" * (17 * 2**20) + "'}}", b="events: {f: {}}"
    )
    start = time.perf_counter()
    found = told(read_record(folder), folder)
    assert time.perf_counter() - start < 2
    assert found == [
        ("file-too-large", "record/a.yaml", 1, 1),
        ("missing-key", "record/b.yaml", 1, 13),
    ]


def test_a_file_just_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    start, end = "events: {e: {what: '", "'}}\n"
    text = start + "x" * (MAX_BYTES - len(start) - len(end)) + end
    assert read_record(dossier(tmp_path, a=text)).problems == ()
    assert only(read_record(dossier(tmp_path, a=text + "\n"))).code == "file-too-large"


def test_of_a_sparse_gibibyte_no_more_is_read_than_it_takes_to_refuse_it(tmp_path: Path) -> None:
    folder = dossier(tmp_path, a="")
    with (folder / "record" / "a.yaml").open("r+b") as stream:
        stream.truncate(2**30)
    start = time.perf_counter()
    problem = only(read_record(folder))
    assert time.perf_counter() - start < 2
    assert problem.code == "file-too-large"
    # the peak of a process of its own
    code = (
        "import resource, sys; from detente.record.load import read_record; "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; read_record(sys.argv[1]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(run.stdout) * unit < 64 * 2**20


# -- files that change ---------------------------------------------------------------------------


def test_a_file_that_grows_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dossier(tmp_path, a="events: {e: {what: x}}\n", b="events: {f: {}}\n")
    first = os.fstat
    calls = []

    class Meanwhile:
        """The module os, but for a file that grows before it is looked at again."""

        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        def fstat(self, handle: int) -> os.stat_result:
            calls.append(handle)
            if len(calls) == 2:
                with (folder / "record" / "a.yaml").open("a") as stream:
                    stream.write("# more\n")
            return first(handle)

    monkeypatch.setattr(document_files, "os", Meanwhile())
    loaded = read_record(folder)
    assert told(loaded, folder) == [
        ("changed-while-read", "record/a.yaml", 1, 1),
        ("missing-key", "record/b.yaml", 1, 13),
    ]
    assert loaded.record is None


@pytest.mark.parametrize("change", ["grows", "goes", "is replaced"])
def test_a_file_that_changes_before_the_dossier_was_read_to_its_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    folder = dossier(tmp_path, a="events: {e: {what: x}}\n", b="events: {f: {what: x}}\n")
    first = folder / "record" / "a.yaml"
    read = record_load.read_text

    def meanwhile(path: Path | str, **limit: int) -> str:
        if Path(path).name == "b.yaml":
            if change == "grows":
                with first.open("a") as stream:
                    stream.write("# more\n")
            elif change == "goes":
                first.unlink()
            else:
                new = tmp_path / "new"
                new.write_text("events: {g: {what: y}}\n")
                os.utime(new, ns=(1, 1))
                new.replace(first)
        return read(path, **limit)

    monkeypatch.setattr(record_load, "read_text", meanwhile)
    loaded = read_record(folder)
    assert told(loaded, folder) == [("changed-while-read", "record/a.yaml", 1, 1)]
    assert loaded.record is None


# -- links, folders, permissions -----------------------------------------------------------------


def test_a_link_out_of_the_dossier_is_refused_and_nothing_behind_it_is_read(tmp_path: Path) -> None:
    outside = dossier(tmp_path / "outside", a="actors: {east: East}\n")
    folder = dossier(tmp_path / "inside", b="events: {e: {what: x, who: east}}\n")
    (folder / "record" / "file.yaml").symlink_to(outside / "record" / "a.yaml")
    (folder / "record" / "folder").symlink_to(outside / "record")
    (folder / "dossier.yaml").symlink_to("../outside/record/a.yaml")
    (folder / "record" / "loop.yaml").symlink_to("loop.yaml")
    loaded = read_record(folder)
    assert [(code, file) for code, file, _, _ in told(loaded, folder)] == [
        ("link-out-of-dossier", "dossier.yaml"),
        ("link-out-of-dossier", "record/file.yaml"),
        ("link-out-of-dossier", "record/folder"),
        ("link-out-of-dossier", "record/loop.yaml"),
    ]
    assert str(outside) in loaded.problems[0].what


def test_the_record_of_a_dossier_is_no_link_out_of_it(tmp_path: Path) -> None:
    outside = dossier(tmp_path / "outside", a="actors: {east: East}\n")
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "record").symlink_to(outside / "record")
    loaded = read_record(folder)
    assert told(loaded, folder) == [("link-out-of-dossier", "record", 1, 1)]
    assert loaded.record is None


def test_a_link_within_the_dossier_is_followed_and_its_file_read_once(tmp_path: Path) -> None:
    folder = dossier(tmp_path / "real", a=GROUND)
    (folder / "shared").mkdir()
    (folder / "shared" / "one.yaml").write_text("events: {e: {what: x, who: north}}\n")
    (folder / "shared" / "more").mkdir()
    (folder / "shared" / "more" / "two.yaml").write_text("events: {f: {what: x, follows: e}}\n")
    (folder / "record" / "one.yaml").symlink_to("../shared/one.yaml")
    (folder / "record" / "folder").symlink_to("../shared/more")
    (folder / "record" / "again.yaml").symlink_to("a.yaml")
    (folder / "record" / "round").symlink_to(".")
    (tmp_path / "dossier").symlink_to("real")
    for path in (folder, tmp_path / "dossier"):
        loaded = read_record(path)
        assert loaded.problems == ()
        assert loaded.record is not None
        assert {"north", "e", "f"} <= set(loaded.record.entries)


def test_a_link_to_nothing_is_told_with_the_rest(tmp_path: Path) -> None:
    folder = dossier(tmp_path, b="events: {f: {}}\n")
    (folder / "record" / "a.yaml").symlink_to("../nothing.yaml")
    assert told(read_record(folder), folder) == [
        ("no-such-path", "record/a.yaml", 1, 1),
        ("missing-key", "record/b.yaml", 1, 13),
    ]
    assert main(["check", str(folder)]) == 1


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    folder = dossier(tmp_path, a=GROUND)
    (folder / "record" / "x.yaml").mkdir()
    (folder / "record" / "x.yaml" / "b.yml").write_text("events: {e: {what: x, date: 0}}\n")
    (folder / "record" / "x.yaml" / ".draft.yaml").write_text("- not\n- yet\n")
    (folder / "record" / "notes.txt").write_text("- not\n- YAML {")
    assert told(read_record(folder), folder) == [("bad-date", "record/x.yaml/b.yml", 1, 29)]


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_file_name_that_is_no_text_ends_no_run(tmp_path: Path) -> None:
    folder = dossier(tmp_path)
    (folder / "record" / os.fsdecode(b"\xff.yaml")).write_text("events: {e: {what: x}}\n")
    assert read_record(folder).problems == ()
    assert main(["check", str(folder)]) == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_what_may_not_be_read_is_told_and_the_others_are_too(tmp_path: Path) -> None:
    folder = dossier(tmp_path, a=GROUND, b="events: {e: {what: x, date: 0}}\n")
    (folder / "record" / "c").mkdir()
    (folder / "record" / "c").chmod(0)
    (folder / "record" / "a.yaml").chmod(0)
    found = told(read_record(folder), folder)
    (folder / "record" / "c").chmod(0o700)
    assert [(code, file) for code, file, _, _ in found] == [
        ("unreadable", "record/a.yaml"),
        ("bad-date", "record/b.yaml"),
        ("unreadable", "record/c"),
    ]


def test_a_folder_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dossier(tmp_path, a="events: {e: {what: x, who: east}}\n")
    (folder / "record" / "b").mkdir()
    scan = os.scandir

    def refuse(path: Any = ".") -> Any:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert told(read_record(folder), folder) == [("unreadable", "record/b", 1, 1)]


def test_a_file_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DetenteError) as caught:
        read_record(tmp_path / "nothing.yaml")
    assert [problem.code for problem in caught.value.problems] == ["no-such-path"]


def test_a_folder_without_a_record_holds_no_entries(tmp_path: Path) -> None:
    loaded = read_record(tmp_path)
    assert loaded.problems == ()
    assert loaded.record is not None
    assert not loaded.record.entries


# -- the command line ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("events:\n  e: {what: x, date: 2021-02-30}\n", "bad-date"),
        ("events:\n  e: {what: x, who: sout}\n", "unknown-id"),
        ("statements:\n  s: {kind: demand, speaker: north, answers: s}\n", "circular-statements"),
        ("events: {", "bad-yaml"),
        (b"\x00\x01\x02", "not-text"),
    ],
    ids=["bad-date", "unknown-id", "circular-statements", "bad-yaml", "not-text"],
)
def test_commands_tell_what_is_wrong_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, code: str
) -> None:
    path = str(dossier(tmp_path, a=GROUND, b=text))
    assert main(["check", path]) == 1
    out, err = capsys.readouterr()
    assert code in out + err
    assert "Traceback" not in out + err
    for words in (["standing", path, "--on", "2021-01-01"], ["timeline", path]):
        assert main(words) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert code in err
        assert "Traceback" not in err
        assert "internal" not in err


# -- the published schema ------------------------------------------------------------------------

SCHEMA = record_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = [CATALOG / "dossier.yaml", *sorted((CATALOG / "record").glob("*.yaml"))]


def plain(text: str) -> Any:
    return Document.parse(text).plain()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_file_of_the_shipped_dossier_fits_the_schema(path: Path) -> None:
    problems = list(VALIDATOR.iter_errors(Document.read(path, limit=MAX_BYTES).plain()))
    assert not problems, [(list(one.absolute_path), one.message[:200]) for one in problems[:3]]


def test_what_the_cases_lean_on_fits_the_schema() -> None:
    assert VALIDATOR.is_valid(plain(GROUND))
    for text in FINE.values():
        assert not text.strip(" #\n") or text.startswith("#") or VALIDATOR.is_valid(plain(text))


def test_numbers_and_truth_values_fit_the_schema_with_and_without_quotes() -> None:
    for ordinal, verified, title in [(3, False, 1984), ("3", "false", "1984"), ("-3", "no", "x")]:
        assert VALIDATOR.is_valid(
            {
                "events": {"e": {"what": "x", "date": 2021, "ordinal": ordinal}},
                "observations": {
                    "o": {"quantity": "q", "as_of": "2021", "value": 5, "verified": verified}
                },
                "sources": {"s": {"title": title}},
            }
        )
    assert not VALIDATOR.is_valid({"events": {"e": {"what": "x", "ordinal": "third"}}})
    assert not VALIDATOR.is_valid(
        {"observations": {"o": {"quantity": "q", "as_of": "2021", "verified": "maybe"}}}
    )


@pytest.mark.parametrize(
    "text",
    # a title is for dossier.yaml, which has the same schema
    [
        text
        for text, code, *_ in ERRORS
        if code in ("missing-key", "unknown-key", "bad-id") and not text.startswith("title")
    ]
    + [
        "statements:\n  s: {kind: demnad, speaker: north}",
        "actors:\n  a: {name: A, kind: staet}",
        "events:\n  - e",
        "events:\n  e: It rained",
        "events:\n  e: {what: [x]}",
        "events:\n  e: {what: x, reported: soon}",
        "events:\n  e: {what: x, who: {north: x}}",
        "- a",
    ],
)
def test_what_the_reader_refuses_does_not_fit_the_schema(text: str) -> None:
    assert not VALIDATOR.is_valid(plain(text))
