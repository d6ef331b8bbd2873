"""`detente read` as a user meets it: what is shown, the promised JSON, drafts, the review."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as evaluation
from detente import study
from detente.cli import main
from detente.errors import DetenteError
from tests.test_docs import blocks, paths, told

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "how-to" / "read-an-article.md"

ARTICLE = """\
Landow hits dam builders

By Jan Veldt

Landow imposed sanctions on two firms and one person on Monday over the dam.

“Not one day more,” said Minister of Water Mira Orsk on Tuesday.

Landow wants the reservoir opened before the end of April. Orsk rejected the demand.

The regime of Ubria is unlikely to give in.
"""

RECORD = """\
actors:
  ubria: {name: Ubria, kind: state}
  landow: {name: Landow, kind: state}
  orsk:
    name: Mira Orsk
    kind: person
    roles: [{office: Minister of Water, of: ubria, from: 2022-05}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "DETENTE_DEBUG", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "velda" / "record").mkdir(parents=True)
    (tmp_path / "velda" / "dossier.yaml").write_text("title: Water of the Velda\n")
    (tmp_path / "velda" / "record" / "velda.yaml").write_text(RECORD, encoding="utf-8")
    return tmp_path


GERMAN = (
    "Der Minister sagte am Montag, dass die Regierung die Gespräche nicht fortsetzt, solange die "
    "Sanktionen in Kraft sind und niemand mit ihr spricht. Er werde nach der Sitzung im Rat mit "
    "den anderen reden, und nicht vorher."
)

READ = ("read", "dam.txt", "--published", "2023-03-08")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = run(capsys, *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in answers)))


def fails(capsys: pytest.CaptureFixture[str], code: str, *arguments: str) -> str:
    ended, out, err = run(capsys, *arguments)
    assert (ended, out) == (2, "")
    assert err.count("\n") == 1
    assert f"{code} " in err
    return err


# -- the screen ----------------------------------------------------------------------------------


def test_the_screen_shows_what_was_found_and_whose(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, out, err = run(capsys, *READ, "--dossier", "velda")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Landow hits dam builders"
    assert "author Jan Veldt (given); published 2023-03-08 (given)" in lines[1]
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)
    titles = [line for line in lines if line and line in TITLES]
    assert titles == [one for one in TITLES if one in titles]
    assert {"Quotations", "Demands", "Forecasts", "Dates", "Actors", "Manner", "Go on"} <= {*titles}
    assert "P4    Mira Orsk: “Not one day more,” (certain)" in lines
    assert "P5    Landow: “the reservoir opened before the end of April”" in lines
    assert any(line.startswith("P5    ../2023-04-30") for line in lines)
    assert "known  Landow [landow]" in out
    assert "It is no verdict on the source" in out
    assert "detente read dam.txt --published 2023-03-08 --dossier velda --review" in lines


#: in this order
TITLES = (
    "At odds with the record", "Quotations", "Assertions", "Accusations", "Denials", "Demands",
    "Offers", "Acceptances", "Refusals", "Threats", "Warnings", "Promises", "Forecasts",
    "Reactions", "Dates", "Measures announced", "Actors", "Manner", "Left open", "Go on",
)  # fmt: skip


def test_what_is_open_is_told_plainly(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    text = "Nobody knows who speaks.\n\n“We shall see what comes of it,” it was heard on Monday."
    (folder / "open.txt").write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, "read", "open.txt")
    assert code == 0
    assert "The day of publication is not known" in out
    assert "The author is not known." in out
    assert "1 date has no meaning: P2." in out
    assert "author not known" in out.splitlines()[1]


def test_a_folder_without_a_record_holds_nothing_against_it(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "empty").mkdir()
    code, out, _ = run(capsys, *READ, "--dossier", "empty")
    assert code == 0
    assert "empty holds no record yet" in out
    fails(capsys, "no-such-path", *READ, "--dossier", "absent")


def test_marks_that_steer_a_terminal_reach_none(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "bad.txt").write_bytes("“Stop \x1b[2J it,” said Mira Orsk on Monday.".encode())
    _, out, err = run(capsys, "read", "bad.txt")
    assert "\x1b" not in out + err


# -- JSON ----------------------------------------------------------------------------------------


def test_the_promised_json(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    found = answer(capsys, *READ, "--dossier", "velda")
    assert found["source"]["title"] == "Landow hits dam builders"
    assert found["source"]["known"]["published"] == "given"
    assert "text" not in found["source"]
    for kind in ("quotations", "statements", "dates", "measures", "actors"):
        assert all(0 <= one["start"] <= one["end"] <= len(ARTICLE) for one in found[kind]), kind
    (quotation,) = found["quotations"]
    assert ARTICLE[quotation["start"] : quotation["end"]] == quotation["text"]
    assert (quotation["speaker"], quotation["confidence"]) == ("orsk", "certain")
    kinds = {one["kind"]: one for one in found["statements"]}
    assert kinds["demand"]["holder"] == "landow"
    assert kinds["demand"]["reporter"] == "author"
    assert (kinds["forecast"]["holder"], kinds["forecast"]["reporter"]) == ("author", None)
    assert kinds["forecast"]["likelihood"]
    assert [one["edtf"] for one in found["dates"]] == ["2023-03-06", "2023-03-07", "../2023-04-30"]
    (measure,) = found["measures"]
    assert (measure["imposer"], measure["date"]) == ("landow", "2023-03-06")
    assert measure["targets"] == {"organisation": 2, "person": 1}
    assert found["manner"]["words"] == {"regime": 1}
    assert found["at_odds"] == found["problems"] == []
    ids = {one["id"] for one in found["drafts"]}
    assert {one for draft in found["drafts"] for one in draft["depends"]} <= ids


def test_the_author_is_an_actor_where_the_record_has_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    file = folder / "velda" / "record" / "veldt.yaml"
    file.write_text("actors: {veldt: {name: Jan Veldt, kind: person}}\n")
    found = answer(capsys, *READ, "--dossier", "velda")
    assert {one["reporter"] for one in found["statements"]} == {"veldt", None}
    assert "veldt" in {one["holder"] for one in found["statements"]}


def test_the_text_of_a_page_is_part_of_the_answer(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    body = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n\n"))
    page = f"<html><head><title>Dam</title></head><body><article>{body}</article></body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    found = answer(capsys, "read", "page.html")
    text = found["source"]["text"]
    assert found["source"]["format"] == "html"
    for one in found["quotations"]:
        assert text[one["start"] : one["end"]] == one["text"]


FREE = {"source.known": "FACT", "measures[].targets": "TARGET", "manner.words": "WORD"}


def named(path: str) -> str:
    """Return a path with capitals for what is no fixed key."""
    for prefix, name in FREE.items():
        if path.startswith(f"{prefix}."):
            return f"{prefix}.{name}"
    return path


def test_every_key_of_read_is_in_the_reference(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    of_a_record = folder / "velda" / "record" / "measures.yaml"
    of_a_record.write_text(
        "measures:\n  fines:\n    by: landow\n    what: Fines on three firms that build the dam.\n"
        "    kind: sanctions\n    targets:\n"
        + "".join(f"      - {{name: Firm {n}, kind: organisation}}\n" for n in range(3))
        + "    status: [{from: 2023-03-06}]\n"
    )
    (folder / "dam.txt").write_text(ARTICLE.replace("\n\nThe regime", "\n\n“Stop. The regime"))
    (folder / "dam.eml").write_text(f"Subject: Dam\nFrom: a@b.example\n\n{ARTICLE}")
    found = [
        answer(capsys, *READ, "--dossier", "velda"),
        answer(capsys, "read", "dam.eml"),
    ]
    seen = set()
    for one in found:
        assert "entry" in one["drafts"][0]
        for draft in one["drafts"]:
            draft["entry"] = None
        of_check = [{}] if one["problems"] else []
        seen |= {named(path) for path in paths({**one, "problems": of_check}, ())}
    told_of = told("detente read")
    # which comparisons a record has is told elsewhere
    assert seen | {path for path in told_of if path.startswith("at_odds[]")} == told_of


# -- mistakes ------------------------------------------------------------------------------------


def test_warnings_go_to_standard_error_and_keep_nobody_from_an_answer(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    cases = {
        "unclosed-quotation": "“Not one day more, said the minister of water on Monday.".encode(),
        "mixed-encodings": "“Stop.” Herr Müller spoke.\n\n".encode() + b"\x93Go on\x94, he said.",
        "other-language": GERMAN.encode(),
        "cut-short": b"He said no.\n" + b"\n" * 5 * 2**20,
    }
    for code, data in cases.items():
        (folder / "x.txt").write_bytes(data)
        ended, out, err = run(capsys, "read", "x.txt")
        assert ended == 0
        assert out
        assert f" {code} warning: " in err
        assert code not in out


def test_bad_input_ends_in_one_line(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "odd.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    fails(capsys, "no-such-path", "read", "absent.txt")
    fails(capsys, "not-an-article", "read", ".")
    fails(capsys, "not-an-article", "read", "odd.txt")
    fails(capsys, "empty-article", "read", "empty.txt")
    fails(capsys, "bad-date", "read", "dam.txt", "--published", "last week")


def test_what_does_not_go_together_is_refused(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    for options in (
        ("dam.txt", "--review"),
        ("-", "--review", "--dossier", "velda"),
        ("dam.txt", "--review", "--dossier", "velda", "--json"),
        ("dam.txt", "--review", "--dossier", "velda", "-o", "-"),
        ("dam.txt", "--json", "-o", "-"),
        ("dam.txt", "--into", "x.yaml"),
        ("dam.txt", "-o", "dam.txt", "--force"),
        ("-", "--dossier", "-"),
    ):
        fails(capsys, "bad-usage", "read", *options)
    assert (folder / "dam.txt").read_text(encoding="utf-8") == ARTICLE


def test_a_review_does_not_write_to_a_catalog_entry(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    err = fails(capsys, "unwritable", *READ, "--dossier", "jcpoa-2021", "--review")
    assert "copy its folder" in err
    assert not (folder / "jcpoa-2021").exists()
    assert run(capsys, *READ, "--dossier", "jcpoa-2021")[0] == 0


# -- drafts and review ---------------------------------------------------------------------------


def test_drafts_are_written_whole_and_no_other_file_is_replaced(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, out, err = run(capsys, *READ, "--dossier", "velda", "-o", "d.yaml")
    assert (code, out) == (0, "")
    assert "go on with: detente read --review d.yaml --dossier velda" in err
    assert study.is_drafts("d.yaml")
    assert run(capsys, *READ, "-o", "d.yaml")[0] == 0
    mine = folder / "mine.yaml"
    mine.write_text("title: Mine\n")
    fails(capsys, "would-overwrite", *READ, "-o", "mine.yaml")
    assert mine.read_text() == "title: Mine\n"
    assert run(capsys, *READ, "-o", "mine.yaml", "--force")[0] == 0
    assert study.is_drafts("mine.yaml")
    fails(capsys, "unwritable", *READ, "-o", "absent/d.yaml")
    assert sorted(one.name for one in folder.iterdir()) == [
        "d.yaml", "dam.txt", "mine.yaml", "velda",
    ]  # fmt: skip
    assert run(capsys, *READ, "-o", "-")[1].startswith("# Draft entries")


def test_a_review_goes_on_where_it_stopped(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = len(answer(capsys, *READ, "--dossier", "velda")["drafts"])
    answering(monkeypatch, "a", "q")
    code, out, err = run(capsys, *READ, "--dossier", "velda", "--review")
    assert code == 0
    assert f"1 of {number}" in out
    assert "go on with: detente read --review velda/drafts/dam.yaml --dossier velda" in err
    for name in ("velda/drafts/dam.yaml", "dam.txt"):
        answering(monkeypatch, "q")
        options = () if name != "dam.txt" else READ[2:]
        code, out, _ = run(capsys, "read", name, *options, "--dossier", "velda", "--review")
        assert code == 0
        assert f"{number - 1} open, 1 accepted" in out
    answering(monkeypatch, *["s"] * number, "w")
    code, out, err = run(capsys, "read", "--review", "velda/drafts/dam.yaml")
    assert code == 0
    assert "1 written" in out, err
    assert run(capsys, "check", "velda")[0] == 0
    fails(capsys, "bad-usage", "read", "velda/drafts/dam.yaml")


def test_drafts_of_another_article_are_left_alone(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "s", "q")
    run(capsys, *READ, "--dossier", "velda", "--review", "-o", "d.yaml")
    before = (folder / "d.yaml").read_text(encoding="utf-8")
    (folder / "other.txt").write_text("Mira Orsk said on Monday that it would rain.")
    fails(capsys, "other-article", "read", "other.txt", "-o", "d.yaml")
    assert (folder / "d.yaml").read_text(encoding="utf-8") == before
    assert run(capsys, "read", "other.txt", "-o", "d.yaml", "--force")[0] == 0
    assert (folder / "d.yaml").read_text(encoding="utf-8") != before


def test_a_file_that_is_no_drafts_file_is_not_reviewed(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "x.yaml").write_text("title: No drafts\n")
    fails(capsys, "bad-draft", "read", "--review", "x.yaml", "--dossier", "velda")
    fails(capsys, "no-such-path", "read", "--review", "absent.yaml", "--dossier", "velda")


# -- the whole -----------------------------------------------------------------------------------


def test_no_other_command_loads_what_reads_articles() -> None:
    code = (
        "import sys, detente.cli.app; print([m for m in sys.modules "
        "if m.startswith('detente.reading') or m in ('rapidfuzz', 'trafilatura')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_command_reads_standard_input(folder: Path) -> None:
    command = [sys.executable, "-m", "detente", "read", "-", "--json"]
    done = subprocess.run(
        command, input=ARTICLE.encode(), capture_output=True, check=True, cwd=folder, env=os.environ
    )
    found = json.loads(done.stdout)
    assert found["source"]["name"] == "<stdin>"
    assert found["quotations"]


def test_python_reads_as_the_command_does(folder: Path) -> None:
    found = study.read("dam.txt", published="2023-03-08", dossier="velda")
    assert found.record is not None
    assert found.reading.article.title == "Landow hits dam builders"
    assert [one.actor for one in found.reading.mentions if one.actor][:1] == ["landow"]
    assert found.session.drafts == found.drafts
    with pytest.raises(DetenteError):
        study.read("absent.txt")


def test_the_figures_of_the_reference_are_those_of_the_rules() -> None:
    page = evaluation.PAGE.read_text(encoding="utf-8")
    assert evaluation.with_figures(page, {}) != page, "the page has no figures"
    shown = evaluation.with_figures(page, evaluation.scores())
    assert page == shown, "python3 x.py eval reading --write"


def test_the_review_of_the_guide_is_a_real_one(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviews = []
    for block in blocks(GUIDE):
        if block.key == "file":
            file = folder / block.value
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.text.startswith("$ detente read") and "--review" in block.text.split("\n")[0]:
            reviews.append(block.text)
    (shown,) = reviews
    command, _, screen = shown.partition("\n")
    answering(monkeypatch, "a", "q")
    code, out, _ = run(capsys, *command.split()[2:])
    assert (code, out) == (0, screen)
