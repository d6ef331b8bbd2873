"""``--table`` and ``--csv`` as a user meets them, and what has no effect is refused or remarked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import detente
from detente.cli import main
from detente.report import tables_of
from detente.report.tables import text_of
from detente.study import open_record


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


@pytest.mark.parametrize(
    "line",
    [
        "analyze chicken",
        "analyze elmira --evolution --far-sight 2 --coalitions",
        "standing jcpoa-2021 --on 2020-10-01",
        "timeline jcpoa-2021 --from 2021-01-01",
        "replay jcpoa-2021 --from 2021-10-30 --to 2021-11-30",
    ],
)
def test_csv_is_the_first_table_or_the_one_named(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = line.split()
    result: Any = {
        "analyze": lambda: detente.analyze(
            command[1],
            also=["evolution", "coalitions"] if "--evolution" in command else (),
            far_sight=2 if "--far-sight" in command else 0,
        ),
        "standing": lambda: open_record("jcpoa-2021").as_of("2020-10-01"),
        "timeline": lambda: detente.timeline(open_record("jcpoa-2021"), start="2021-01-01"),
        "replay": lambda: detente.replay("jcpoa-2021", "2021-10-30", "2021-11-30"),
    }[command[0]]()
    tables = tables_of(result)
    code, out, err = run(capsys, *command, "--csv")
    assert (code, out, err) == (0, tables[0].to_csv(), "")
    for one in tables:
        code, out, _ = run(capsys, *command, "--csv", "--table", one.name)
        assert (code, out) == (0, one.to_csv()), one.name
        code, out, _ = run(capsys, *command, "--table", one.name)
        assert code == 0
        assert out.startswith(one.title)
        assert f"{len(one):,} row" in out
        assert all(line == line.rstrip() and len(line) <= 100 for line in out.splitlines())
        for row in one.rows[:3]:
            # nothing is cut to make it fit
            first = text_of(row[0])
            assert first in out


def test_a_screen_shows_the_first_thousand_rows(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "analyze", "jcpoa-2021", "--table", "states")
    assert code == 0
    assert out.endswith("… and 3,032 more rows; --csv has them all\n")


def test_what_a_terminal_would_obey_does_not_reach_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        r'decision_makers: {a: {options: {x: {name: "=\e[31mred\ttab"}}, priorities: []}}',
        encoding="utf-8",
    )
    for more in ([], ["--csv"]):
        _, out, _ = run(capsys, "analyze", str(model), "--table", "options", *more)
        assert "\x1b" not in out
    assert "'=\N{REPLACEMENT CHARACTER}[31mred\ttab" in out


BAD = [
    ("analyze chicken --csv --json", "--csv and --json"),
    ("analyze chicken --table deals --json", "--table and --json"),
    ("analyze chicken --csv --deals", "--deals"),
    ("analyze chicken --table deals --views", "--views"),
    ("standing jcpoa-2021 --csv --json", "--csv and --json"),
    ("timeline jcpoa-2021 --csv --json", "--csv and --json"),
    ("replay jcpoa-2021 --from 2021-10-30 --to 2021-11-30 --csv --json", "--csv and --json"),
    ("replay jcpoa-2021 --from 2021-10-30 --to 2021-11-30 --csv --details", "--details"),
    ("analyze chicken --why 1 --rankings 1", "--rankings"),
    ("analyze chicken --why 1 --views --evolution", "--views and --evolution"),
    ("analyze chicken --why 1 --unlock", "--unlock"),
    ("analyze chicken --why 1 --csv", "--csv"),
    ("analyze chicken --why 1 --table deals", "--table"),
    ("analyze chicken --why 1 --target a.cooperate", "--target"),
    ("analyze chicken --rankings 1 --coalitions", "--coalitions"),
    ("analyze chicken --rankings 1 --coalition a,b", "--coalition"),
    ("analyze chicken --rankings 1 --far-sight 2", "--far-sight"),
    ("analyze chicken --rankings 1 --deals", "--deals"),
]


@pytest.mark.parametrize(("line", "named"), BAD, ids=[line for line, _ in BAD])
def test_what_would_have_no_effect_is_refused(
    line: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *line.split())
    assert (code, out) == (2, "")
    assert err.startswith("bad-usage ")
    assert named in err


def test_an_unknown_table_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "standing", "jcpoa-2021", "--table", "mesures")
    assert (code, out) == (2, "")
    assert err.startswith("unknown-table 'mesures'")
    assert "agreements, parties, milestones, measures" in err
    assert "did you mean 'measures'?" in err
    # evolution has a table only where it was asked for
    _, _, err = run(capsys, "analyze", "chicken", "--table", "evolution")
    assert "there are states, deals, named_deals, options, priorities" in err


def test_a_date_on_which_nothing_hangs_is_remarked_upon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for line, remark in (
        ("--on 2020", "--on changes nothing: the model is the same on every day"),
        ("--known-by 2020", "--known-by changes nothing: the model is the same on every day"),
        (
            "--on 2020 --known-by 2021",
            "--on and --known-by change nothing: the model is the same on every day",
        ),
        ("--on 2020 --viewpoint a", "--on changes nothing: the model is the same on every day"),
    ):
        code, out, err = run(capsys, "analyze", "chicken", *line.split())
        assert code == 0
        assert out.startswith("Chicken")
        assert err == f"{remark}\n"
    assert run(capsys, "analyze", "jcpoa-2021", "--on", "2021-10-30", "--known-by", "2021")[2] == ""
    dated = tmp_path / "model.yaml"
    dated.write_text(
        "decision_makers: {a: {options: {x: X}, priorities: [{if: x, from: 2020-01-01}]}}\n"
        "status_quo: []\n".replace("if: x", "priority: x"),
        encoding="utf-8",
    )
    code, _, err = run(capsys, "analyze", str(dated), "--on", "2021", "--known-by", "2021")
    assert (code, err) == (0, "--known-by changes nothing: the model has dates, but no record\n")


def test_a_transcript_is_kept_beside_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    line = ["replay", "jcpoa-2021", "--from", "2021-10-30", "--to", "2021-11-30"]
    code, out, err = run(capsys, *line, "--csv", "--write", str(kept))
    assert (code, err) == (0, f"transcript written to {kept}\n")
    assert out.startswith("on,verdict,deals,")
    assert kept.exists()


def test_every_state_above_the_limit_is_printed_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("detente.report.listing.results.STATES_SHOWN", 3)
    code, out, err = run(capsys, "analyze", "chicken", "--csv")
    assert (code, out) == (2, "")
    assert "--all-states" in err
    code, out, _ = run(capsys, "analyze", "chicken", "--csv", "--all-states")
    assert (code, out.count("\n")) == (0, 5)
