"""The documentation says what the program does: its blocks run, its tables are complete.

A fenced ``python`` block runs; one with ``>>>`` is a doctest. In a ``console`` block every line
``$ detente …`` runs, and what it prints must follow it; a line ``...`` stands for any lines. A
block after ``<!-- file: NAME -->`` is written to the folder in which its page runs, and commands
after ``<!-- exit: N -->`` end with that code.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import pydoc
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import pytest
from pydantic import AliasChoices, BaseModel

import detente
from detente.analysis.case import Verdict
from detente.analysis.deals import Reach
from detente.catalog import slugs
from detente.cli import main
from detente.cli.app import app
from detente.document.shape import Shape
from detente.errors import RULES, DetenteError
from detente.framing.facts import IMPLIED, STATES
from detente.model import schema
from detente.record import actors, claims, entries, fields, load
from detente.record.entries import SECTIONS
from detente.record.fields import Account, Entry, Supported
from detente.record.quantities import UNITS
from detente.stability import CONCEPTS, farsight
from detente.stability.coalition import COALITION_CONCEPTS

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"^(?:<!-- (?P<key>file|exit): (?P<value>.+?) -->\n+)?"
    r"```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
CODE = re.compile(r"`([^`]+)`")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def rows(page: Path, heading: str | None = None) -> list[list[str]]:
    """Return the cells of all table rows of a page, or of the section under one heading."""
    text = prose(page)
    if heading is not None:
        found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text, re.M | re.S)
        assert found, f"{name_of(page)} has no section {heading!r}"
        text = found[1]
    tables = re.findall(r"^\|.*\n\|[-| :]+\n((?:\|.*\n?)+)", text, re.M)
    lines = "".join(tables).splitlines()
    # a cell may be empty, so what stands between two marks is one space or more
    cut = (re.split(r" \|(?= )", line.strip().strip("|")) for line in lines)
    return [[cell.strip() for cell in line] for line in cut]


def codes(table: Sequence[Sequence[str]], column: int = 0) -> list[str]:
    """Return everything in backquotes in one column."""
    return [code for row in table for code in CODE.findall(row[column])]


def run(arguments: Sequence[str]) -> tuple[int, str]:
    """Run a command; return its exit code and all it printed."""
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        return main(arguments), screen.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "DETENTE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


# -- what the pages show -------------------------------------------------------------------------


class Block(NamedTuple):
    """A fenced block, the line it starts at, and the remark before it."""

    language: str
    text: str
    line: int
    key: str | None
    value: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("text")) + 1
        yield Block(found["language"], found["text"], line, found["key"], found["value"])


def run_python(block: Block, where: str, namespace: dict[str, Any]) -> None:
    if ">>>" not in block.text:
        exec(compile("\n" * (block.line - 1) + block.text, where, "exec"), namespace)  # noqa: S102
        return
    test = doctest.DocTestParser().get_doctest(block.text, {}, where, where, block.line - 1)
    test.globs = namespace
    told = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    assert not runner.run(test, out=told.write, clear_globs=False).failed, told.getvalue()


def run_console(block: Block, where: str) -> None:
    expected_code = int(block.value) if block.key == "exit" else 0
    for part in re.split(r"^(?=\$ )", block.text, flags=re.MULTILINE):
        command, _, expected = part.partition("\n")
        if not command.startswith("$ detente "):
            continue
        code, printed = run(shlex.split(command)[2:])
        lines = expected.rstrip("\n").split("\n")
        pattern = "".join(
            r"(?:.*\n)*" if line.strip() == "..." else re.escape(line) + r"\n" for line in lines
        )
        if not re.fullmatch(pattern, printed.rstrip("\n") + "\n"):
            # a plain comparison shows where the two part
            assert printed.rstrip("\n") == expected.rstrip("\n"), f"{where}:{block.line} {command}"
        assert code == expected_code, f"{where}:{block.line} {command} ends with {code}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_of_a_page_runs_and_prints_what_the_page_says(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    namespace, where = {"__name__": "__main__"}, name_of(page)
    for block in blocks(page):
        if block.key == "file":
            file = folder / block.value
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            run_python(block, where, namespace)
        elif block.language == "console":
            run_console(block, where)
    capsys.readouterr()


def test_the_tutorial_and_the_how_to_pages_show_real_runs() -> None:
    for page in (ROOT / "docs" / "tutorial.md", *(ROOT / "docs" / "how-to").glob("*.md")):
        shown = {block.language for block in blocks(page)}
        assert shown & {"console", "python"}, name_of(page)


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *PAGES[1:]], ids=name_of)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!\w+:)([^)\s]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), f"{target} leads nowhere"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", prose(linked), re.M)
            anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in anchors, f"{target} names no heading"


# -- what the tables promise ---------------------------------------------------------------------


def test_every_command_and_every_option_is_in_the_reference() -> None:
    page = REFERENCE / "command-line.md"
    commands = [name for name in app if not name.startswith("-")]
    assert sorted(re.findall(r"^## detente (\w+)$", prose(page), re.M)) == sorted(commands)
    for command in commands:
        arguments = app[command].assemble_argument_collection()
        names = {name for argument in arguments for name in argument.names}
        assert set(codes(rows(page, f"detente {command}"))) == names, command


def test_every_error_code_is_in_the_reference_with_its_rule_and_remedy() -> None:
    table = rows(REFERENCE / "errors.md", "Codes")
    told = {row[0].strip("`"): (row[2], row[3]) for row in table}
    assert told == RULES
    # a few need what a table cannot hold: an unreadable file, a missing library, no memory
    assert len(EXAMPLES) >= len(RULES) - 12


EXAMPLES = [row[:2] for row in rows(REFERENCE / "errors.md", "Codes") if row[1][:1] == "`"]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_every_example_of_an_error_produces_it(code: str, example: str, folder: Path) -> None:
    code = code.strip("`")
    lines = CODE.findall(example)
    if not lines[0].startswith("$ ") and lines[-1].startswith("$ detente "):
        command = shlex.split(lines.pop())[2:]
        (folder / command[-1]).write_text("\n".join(lines) + "\n", encoding="utf-8")
        told = run(command)[1]
    elif lines[0].startswith("$ detente "):
        told = "".join(run(shlex.split(line)[2:])[1] for line in lines)
    elif lines[0].startswith(">>> "):
        with pytest.raises(DetenteError) as caught:
            eval(lines[0][4:], {"detente": detente})  # noqa: S307
        told = str(caught.value)
    else:
        name = "model.gmcr" if lines[0].startswith('{"') else "model.yaml"
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        told = run(["check", name])[1]
    assert re.search(rf"^(\S+ )?{code} ", told, re.M), told


#: the headings of the reference of the model file: what stands under each
OF_A_MODEL: dict[str, type[BaseModel]] = {
    "The file": schema.ModelFile,
    "A decision maker": schema.DecisionMakerEntry,
    "A preference": schema.PreferenceEntry,
    "An option": schema.OptionEntry,
    "A priority": schema.PriorityEntry,
    "A weight": schema.WeightEntry,
    "An infeasible expression": schema.InfeasibleEntry,
    "A status quo entry": schema.StatusQuoEntry,
    "A deal": schema.DealEntry,
    "A view": schema.ViewEntry,
    "Evidence": schema.EvidenceEntry,
    "A condition": schema.ConditionalEntry,
}


def file_keys(kind: type[BaseModel]) -> dict[str, Any]:
    """Return the keys that a file may write for a class, each with its type."""
    keys: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        alias = field.validation_alias or name
        written = alias.choices if isinstance(alias, AliasChoices) else [alias]
        keys |= dict.fromkeys(map(str, written), field.annotation)
    return {key: value for key, value in keys.items() if not key.startswith("\0")}


def words_of(annotation: Any) -> Iterator[str]:
    """Yield the words among which a value is chosen."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) is not tuple:
        for argument in get_args(annotation):
            yield from words_of(argument)


def check_keys(
    page: Path, heading: str, kind: type[BaseModel], named: Mapping[str, type[BaseModel]]
) -> None:
    """Check that a section tells the keys of a class, and names what it has in common."""
    text = re.search(rf"^#+ {heading}$(.*?)(?=^#|\Z)", prose(page), re.M | re.S)
    assert text is not None
    # what many have is told once, and each says which of it it has
    shared = [named[link] for link in re.findall(r"keys of\s\[[\w ]+\]\((#[\w-]+)\)", text[1])]
    nearest = next((base for base in kind.__mro__[1:] if base in named.values()), None)
    assert shared == ([nearest] if nearest else [])
    keys = file_keys(kind)
    own = set(keys) - set(file_keys(nearest) if nearest else ())
    table = rows(page, heading)
    assert len(codes(table)) == len(own)
    assert set(codes(table)) == own
    for row in table:
        words = set(words_of(keys[row[0].strip("`")]))
        assert words <= {*codes([row], 1)}, row[0]


@pytest.mark.parametrize("heading", OF_A_MODEL)
def test_every_key_of_every_entry_of_a_model_file_is_in_the_reference(heading: str) -> None:
    classes = {
        kind
        for kind in vars(schema).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not BaseModel
    }
    assert set(OF_A_MODEL.values()) == classes
    common: dict[str, type[BaseModel]] = {
        "#evidence": schema.EvidenceEntry,
        "#a-condition": schema.ConditionalEntry,
        "#a-preference": schema.PreferenceEntry,
    }
    check_keys(REFERENCE / "model-file.md", heading, OF_A_MODEL[heading], common)


def test_what_a_condition_may_ask_of_each_kind_of_entry_is_in_the_reference() -> None:
    table = rows(REFERENCE / "model-file.md", "Conditions")
    told = {row[0].strip("`"): (row[1].strip("`") or None, codes([row], 2)) for row in table}
    assert told == {kind: (IMPLIED.get(kind), [*states]) for kind, states in STATES.items()}
    assert IMPLIED.keys() <= STATES.keys()


#: the headings of the reference of the record: what stands under each
OF_THE_RECORD: dict[str, type[BaseModel]] = {
    "The dossier": load.DossierHead,
    "The span of a dossier": load.Scope,
    "Every part": Supported,
    "Every entry": Entry,
    "Every account": Account,
    "A place in a source": fields.SourceRef,
    "An actor": actors.Actor,
    "An alias": actors.Alias,
    "A role": actors.Role,
    "A membership": actors.Membership,
    "A source": actors.Source,
    "A relation": actors.Relation,
    "An agreement": entries.Agreement,
    "A milestone": entries.Milestone,
    "A party": entries.Party,
    "The status of an agreement": entries.AgreementStatus,
    "A commitment": entries.Commitment,
    "A limit": entries.Limit,
    "A reading of a limit": entries.Reading,
    "Performance": entries.Performance,
    "A mechanism": entries.Mechanism,
    "A step": entries.Step,
    "A run": entries.Run,
    "The status of a run": entries.RunStatus,
    "A measure": entries.Measure,
    "A target": entries.Target,
    "The status of a measure": entries.MeasureStatus,
    "An event": entries.Event,
    "A date of an event": entries.EventDate,
    "A quantity": entries.Quantity,
    "An observation": entries.Observation,
    "A statement": entries.Statement,
    "The words of a date": fields.Dated,
    "A quotation": entries.Quote,
    "What others call a statement": entries.Called,
    "A claim": claims.Claim,
    "A question": entries.Question,
    "A view": entries.View,
}


def test_the_reference_of_the_record_leaves_out_no_class() -> None:
    modules = (actors, claims, entries, fields, load)
    classes = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in (BaseModel, Shape)
    }
    assert set(OF_THE_RECORD.values()) == classes
    page = REFERENCE / "record-file.md"
    assert codes(rows(page, "Sections")) == list(SECTIONS)
    assert sorted(codes(rows(page, "Units"))) == sorted(unit for unit in UNITS if unit)


@pytest.mark.parametrize("heading", OF_THE_RECORD)
def test_every_key_of_every_entry_of_a_record_file_is_in_the_reference(heading: str) -> None:
    common: dict[str, type[BaseModel]] = {
        "#every-part": Supported,
        "#every-entry": Entry,
        "#every-account": Account,
    }
    check_keys(REFERENCE / "record-file.md", heading, OF_THE_RECORD[heading], common)


def test_every_concept_verdict_and_reach_is_in_the_table_of_concepts() -> None:
    table = rows(REFERENCE / "concepts.md")
    assert all(len(row) == 5 for row in table)
    keys = set(codes(table, 2))
    assert keys >= {*CONCEPTS, *get_args(Verdict), *get_args(Reach), *farsight.__all__}
    coalitions = codes(rows(REFERENCE / "concepts.md", "Coalitions"), 2)
    assert coalitions[: len(COALITION_CONCEPTS)] == list(COALITION_CONCEPTS)
    for name in codes(table, 1):
        # a function can hide the module of its name
        module, _, last = name.rpartition(".")
        there = pydoc.locate(name) or getattr(sys.modules.get(module), last, None)
        assert there is not None, f"{name} is no name of the package"


def test_every_name_of_the_package_is_in_the_reference() -> None:
    assert codes(rows(REFERENCE / "python.md", "Names")) == detente.__all__


def test_every_library_that_is_installed_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [re.split(r"\W", name.lower())[0] for name in project["dependencies"]]
    assert codes(rows(REFERENCE / "dependencies.md", "What runs")) == wanted


# -- JSON ----------------------------------------------------------------------------------------

#: objects that stand in many places are told once, in a section of their own
MOVE, REASON = {"dm", "from", "to"}, {"concept", "breaks", "held", "sentences"}
#: whose keys are ids or the like, and what stands for them in the reference
FREE = {
    "facts": "ENTRY",
    "maximin": "HORIZON",
    "limited_move": "HORIZON",
    "deals": "DEAL",
    "conditions": "PART",
}


def paths(value: Any, dms: Sequence[str], prefix: str = "") -> Iterator[str]:
    """Yield the path of every key, with [] for lists and capitals for what is no fixed key."""
    if isinstance(value, list):
        for item in value:
            yield from paths(item, dms, f"{prefix}[]")
        return
    if not isinstance(value, dict) or (prefix and (set(value) == MOVE or set(value) > REASON)):
        return
    for key, item in value.items():
        name = "DM" if key in dms else "CONCEPT" if key in CONCEPTS else key
        name = FREE.get(prefix.rpartition(".")[2], name)
        path = f"{prefix}.{name}".lstrip(".")
        yield path
        yield from paths(item, dms, path)


def reasons_in(value: Any) -> Iterator[Any]:
    """Yield every reason that stands somewhere in an answer."""
    if isinstance(value, dict) and set(value) > REASON:
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from reasons_in(item)


def answers(*runs: str) -> Iterator[Any]:
    for line in runs:
        # what follows the object is a remark on standard error
        yield json.JSONDecoder().raw_decode(run([*line.split(), "--json"])[1])[0]


def told(heading: str) -> set[str]:
    return set(codes(rows(REFERENCE / "json.md", heading)))


#: the parts of what `analyze` answers that have tables of their own
PARTS = (
    "Deals by name",
    "Conditions",
    "The game as each side sees it",
    "What is reached when",
    "Coalitions",
    "Looking ahead",
    "What would unlock it",
)


@pytest.fixture
def water(folder: Path) -> str:
    """Return the dossier with conditions, deals and a view that the reference shows."""
    for block in blocks(REFERENCE / "model-file.md"):
        if block.key == "file":
            file = folder / block.value
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
    return "water"


#: no deal holds: once b has begun, a gains by what harms b
TRUST = """
decision_makers:
  a: {options: {x: X}, priorities: [x and b.y]}
  b: {options: {y: Y}, priorities: [y and not a.x, not a.x and not y]}
status_quo: []
"""


def test_every_key_of_analyze_is_in_the_reference(water: str, folder: Path) -> None:
    (folder / "trust.yaml").write_text(TRUST, encoding="utf-8")
    everything = "--views --evolution --coalitions --far-sight 2 --unlock"
    runs = [f"analyze {slug}" for slug in slugs()]
    runs += ["analyze elmira --status-quo 5", "analyze cuban-missile-crisis --status-quo 7"]
    runs += ["analyze trust.yaml"]
    runs += [f"analyze prisoners-dilemma {everything} --coalition a,b --target a.cooperate"]
    runs += [f"analyze elmira {everything} --target 8"]
    runs += [f"analyze {water} {everything} --known-by 2020-12-01"]
    runs += [f"analyze {water} --on 2020-02-01 --viewpoint down"]
    runs += ["analyze jcpoa-2021 --views --evolution --target usa.funds"]
    found: set[str] = set()
    why = next(answers("analyze prisoners-dilemma --why 4"))
    reasons = list(why["why"])
    for data in answers(*runs):
        found |= set(paths(data, data["decision_makers"]))
        reasons += reasons_in(data)
    by_part = [told(heading) for heading in ("detente analyze", *PARTS)]
    assert set().union(*by_part) == found
    assert sum(map(len, by_part)) == len(found)
    assert told("detente analyze with --why") == set(paths(why, ()))
    assert told("A reason") == {path for reason in reasons for path in paths(reason, ())}
    inverse = next(answers("analyze prisoners-dilemma --rankings 4"))
    assert told("detente analyze with --rankings") == set(paths(inverse, ()))
    assert told("A move") == set(paths(why["why"][1]["held"][0]["improvement"], ()))


def test_every_key_of_replay_is_in_the_reference(water: str) -> None:
    command = f"replay {water} --from 2020-01-01 --to 2020-12-31"
    plain, first, again = answers(command, *2 * [f"{command} --write kept"])
    assert json.loads(Path("kept").read_text(encoding="utf-8")) == plain == first
    assert {**plain, "changes": []} == again
    found = set(paths(again, ()))
    found |= set(paths(next(answers("replay jcpoa-2021 --from 2021-10-30 --to 2021-11-10")), ()))
    assert told("detente replay") == found


def test_every_key_of_check_and_catalog_is_in_the_reference(folder: Path) -> None:
    (folder / "model.yaml").write_text("title: nothing else\n")
    assert told("detente check") == set(paths(next(answers("check model.yaml")), ()))
    listed, entry = answers("catalog", "catalog syria-iraq-1975")
    keys = {path.removeprefix("[].") for path in paths(listed, ())}
    assert told("detente catalog") == keys
    assert told("detente catalog SLUG") == set(paths(entry, ())) - keys
