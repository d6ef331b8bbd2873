"""How a page is made: both halves, one of them, and odd ones."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import detente
from benchmarks.records import write_dossier
from detente import study
from detente.catalog import slugs
from detente.cli import main
from detente.errors import DetenteError
from detente.record.actors import Actor, Source
from detente.record.entries import Quantity
from detente.record.entries import Statement as Said
from detente.study import PageQuestion
from tests.pages import (
    Element,
    anchored,
    linked_to,
    read_page,
    section,
    written,
)
from tests.told import (
    JCPOA,
    PAGES,
    PD,
    assert_readable,
    dms,
    html_of,
    page_of,
    read,
    record_of,
    states_of,
    two_times,
)

# -- how it is made --------------------------------------------------------------------------------


def made_of(page: Element) -> dict[str, str]:
    names, values = section(page, "made").all("dt"), section(page, "made").all("dd")
    return {one.text: other.text for one, other in zip(names, values, strict=True)}


def test_how_it_was_made_names_version_inputs_and_question() -> None:
    folder = Path(detente.__file__).parent / "catalog" / JCPOA
    made = made_of(read("as iran"))
    assert made["Program"] == f"détente {detente_version()}"
    assert made["Read from"] == JCPOA
    model = hashlib.sha256((folder / "model.yaml").read_bytes()).hexdigest()
    assert made["SHA-256 of the model"] == model
    assert made["SHA-256 of the record"] == record_of(JCPOA).sha256
    assert re.fullmatch("[0-9a-f]{64}", made["SHA-256 of the record"])
    assert made["As of"] == "2021-10-30"
    assert made["Viewpoint"] == "iran"
    assert made["Solution concepts"] == "Nash, GMR, SMR, SEQ, SSEQ and SIM"
    assert made_of(read("known by"))["Known by"] == "2019-06-01"
    assert made_of(read("file"))["Solution concepts"] == "Nash, GMR, SMR, SEQ and SSEQ"
    assert made_of(read("file"))["Started from"] == "1"


def detente_version() -> str:
    from importlib.metadata import version

    return version("detente")


@pytest.mark.parametrize("name", ["as iran", "known by", "years before", "file", "gmcr", "elmira"])
def test_the_command_named_on_the_page_makes_the_same_page_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = shlex.split(made_of(read(name))["Made again by"])
    assert command[:2] == ["detente", "report"]
    assert command[-2:] == ["-o", "page.html"]
    monkeypatch.chdir(tmp_path)
    assert main(command[1:]) == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == html_of(*PAGES[name])


def test_every_question_stands_in_the_command(tmp_path: Path) -> None:
    folder = tmp_path / "a folder; rm -rf 'x'"
    folder.mkdir()
    (folder / "model.yaml").write_text(PD.read_text())
    question = PageQuestion(
        status_quo="1", target="row.defect or col.defect", sim=False, coalitions=True,
        coalition="row,col", far_sight=2,
    )  # fmt: skip
    made = made_of(read_page(study.page_of(str(folder), question).html))
    assert shlex.split(made["Made again by"]) == [
        "detente", "report", str(folder), "--status-quo", "1", "--target",
        "row.defect or col.defect", "--no-sim", "--coalitions", "--coalition", "row,col",
        "--far-sight", "2", "-o", "page.html",
    ]  # fmt: skip
    assert made["Deal asked about"] == "row.defect or col.defect"


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    script = "import sys, detente; sys.stdout.buffer.write(detente.page(sys.argv[1]).html.encode())"
    done = subprocess.run(
        [sys.executable, "-c", script, JCPOA],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tehran"},
    )
    assert done.stdout == html_of(JCPOA).encode()


def test_the_page_of_the_flagship_is_below_500_kb() -> None:
    assert len(html_of(JCPOA).encode()) < 500_000


# -- both halves, one of them, and odd ones --------------------------------------------------------


def contents(page: Element) -> list[str]:
    """The ids of all parts, which the contents name in the same order."""
    ids = [one["id"] for one in page.all("section")]
    assert [one["href"][1:] for one in page.only("nav").all("a")] == ids
    return ids


CONFLICT = {"verdict", "parties", "states", "why"}
RECORD = {"standing", "timeline", "record", "sources"}


def test_a_dossier_without_a_model_gives_the_half_on_the_record(tmp_path: Path) -> None:
    _, record = two_times()
    for path in (written(tmp_path / "d", record=record), tmp_path / "d" / "record" / "all.yaml"):
        page = study.page_of(str(path), PageQuestion(on="2021-06-01"))
        read_ = read_page(page.html)
        assert set(contents(read_)) == RECORD | {"made"}
        made = made_of(read_)
        assert "SHA-256 of the model" not in made
        assert re.fullmatch("[0-9a-f]{64}", made["SHA-256 of the record"])
        links = linked_to(read_)
        assert links <= set(anchored(read_))
    # a record file alone is for no day of its own
    with pytest.raises(DetenteError, match="add --on DATE"):
        study.page_of(str(tmp_path / "d" / "record" / "all.yaml"))
    # the folder names one
    assert made_of(read_page(study.page_of(str(tmp_path / "d")).html))["As of"] == "2021-06-01"


@pytest.mark.parametrize("slug", [one for one in slugs() if one != JCPOA])
def test_a_model_without_a_record_gives_the_half_on_the_conflict(slug: str) -> None:
    parts = set(contents(page_of(slug)))
    assert parts >= CONFLICT | {"made"}
    assert not parts & RECORD
    assert set(contents(page_of(JCPOA))) >= CONFLICT | RECORD | {"made"}


ODD: dict[str, dict[str, Any]] = {
    "one decision maker": {
        **dms(a={"options": {"x": "X"}, "priorities": ["x"]}), "status_quo": [],
    },
    "nobody with anything to do": {
        **dms(a={"options": {"x": "X"}, "priorities": []}, b={"priorities": []}), "status_quo": [],
    },
    "weights": {
        **dms(
            a={"options": {"x": "X"}, "weights": {"x": "2.5", "b.y": -3}},
            b={"options": {"y": "Y"}, "weights": {"a.x iff y": 1}},
        ),
        "status_quo": ["a.x"],
    },
    "rankings": {
        **dms(
            a={"options": {"x": "X"}, "ranking": ["YY", ["NN", "YN"], "NY"]},
            b={"options": {"y": "Y"}, "ranking": ["NY", "YN", "NN", "YY"]},
        ),
        "status_quo": ["a.x"],
    },
    "a long ranking and no status quo": dms(
        a={
            "options": {f"x{k}": f"X{k}" for k in range(6)},
            "ranking": [str(k) for k in range(1, 65)],
        }
    ),
    "levels and one-way options": {
        **dms(
            a={
                "options": {
                    "x": {"name": "X", "levels": {"l": "Low", "h": "High"}, "change": "take"},
                    "z": {"name": "Z", "change": "drop"},
                },
                "priorities": ["a.x is h", "not z"],
            },
            b={"options": {"y": "Y"}, "priorities": ["not (a.x is h)", "y if a.z"]},
        ),
        "status_quo": ["a.x is l", "a.z"],
    },
    "a single state": {
        **dms(a={"options": {"x": "X"}, "priorities": []}), "infeasible": ["a.x"], "status_quo": [],
    },
    "conditions without a record": {
        **dms(
            a={"options": {"x": {"name": "X", "from": "2020-01-01"}}, "priorities": ["x"]},
            b={
                "options": {"y": "Y"},
                "priorities": [{"priority": "a.x", "from": "2020-05-01"}, "y"],
            },
        ),
        "status_quo": [],
    },
    "evidence without a record": {
        **dms(
            a={
                "options": {"x": {"name": "X", "because": ["T01", "E02"]}},
                "priorities": [{"priority": "x", "because": ["T03"], "according_to": "T03 says"}],
            },
        ),
        "status_quo": [],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_models_have_a_page_too(name: str, tmp_path: Path) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(json.dumps(ODD[name]))
    question = PageQuestion(on="2020-06-01") if "conditions" in name else None
    page = read_page(study.page_of(str(file), question).html)
    assert set(contents(page)) >= CONFLICT | {"made"}
    assert linked_to(page) <= set(anchored(page))
    assert_readable(page)


def test_a_graph_and_a_model_without_a_status_quo_say_so() -> None:
    graph = page_of("elmira")
    assert [one.text for one in section(graph, "states").only("thead").all("th")][:3] == [
        "state", "what it is", "kind",
    ]  # fmt: skip
    assert "no status quo" in section(page_of("milk-river"), "verdict").text
    assert "Ranking" not in graph.text


def test_a_model_on_standard_input_has_a_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "detente", "report", "-", "-o", "-"]
    done = subprocess.run(command, input=PD.read_bytes(), capture_output=True, check=True)
    page = read_page(done.stdout.decode())
    made = made_of(page)
    assert made["Read from"] == "<stdin>"
    assert made["Made again by"] == "detente report - -o page.html"
    assert made["SHA-256 of the model"] == hashlib.sha256(PD.read_bytes()).hexdigest()
    assert done.stderr == b""


def test_a_large_record_stays_bounded_and_what_has_no_place_is_counted(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "large", 10_000)
    html = study.page_of(str(folder), PageQuestion(on="2015-06-01")).html
    assert len(html.encode()) < 4_000_000
    page = read_page(html)
    assert linked_to(page) <= set(anchored(page))
    record = study.open_record(str(folder))
    whole = [e for e in record.entries.values() if not isinstance(e, Actor | Source | Quantity)]
    places = {id_.removeprefix("e-") for id_ in anchored(page) if id_.startswith("e-")}
    shown = [one for one in whole if one.id in places]
    told = section(page, "record").text
    (left,) = re.findall(r"([\d,]+) more entries have no place on this page", told)
    assert int(left.replace(",", "")) == len(whole) - len(shown)
    assert len(shown) == 1_500
    standing = section(page, "standing")
    day = record.as_of("2015-06-01")
    stood = {one.id for part in ("demands", "offers") for one in map(said_of, getattr(day, part))}
    stood |= set(states_of(day))
    lists = [one for one in standing.all("ul") if "entries" in one.get("class").split()]
    lines = [one for entries in lists for one in entries.children if isinstance(one, Element)]
    for line in lines:
        assert linked_to(line)
    cut = re.findall(r"([\d,]+) more have no place on this page", standing.text)
    due = min(len(day.due), 8)
    assert cut
    assert len(lines) + sum(int(one.replace(",", "")) for one in cut) == len(stood) + due


def said_of(one: Any) -> Said:
    said = one.statement
    assert isinstance(said, Said)
    return said


def test_a_model_of_many_states_has_a_page_of_ordinary_size(tmp_path: Path) -> None:
    parties = {
        f"d{i}": {
            "options": {f"o{k}": f"Option {k}" for k in range(7)},
            "priorities": [f"not d{1 - i}.o{k}" for k in range(7)] + [f"o{k}" for k in range(7)],
        }
        for i in (0, 1)
    }
    taken = [f"d{i}.o{k}" for i in (0, 1) for k in range(7)]
    file = tmp_path / "model.yaml"
    file.write_text(json.dumps({"decision_makers": parties, "status_quo": taken}))
    html = study.page_of(str(file), PageQuestion(sim=False)).html
    assert len(html.encode()) < 500_000
    page = read_page(html)
    assert "16,384 feasible states" in page.only("header").text
    assert linked_to(page) <= set(anchored(page))
    assert_readable(page)
