"""The figures of one analysis: what they say is so, and it can be read."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import detente
from benchmarks.shapes import model_text
from detente.analysis import outlook
from detente.catalog import slugs
from detente.errors import DetenteError
from detente.report.figures.conflict.deals import plot_deals
from detente.report.figures.conflict.evolution import plot_evolution
from detente.report.figures.conflict.stability import plot_stability
from detente.report.figures.figure import Figure
from detente.report.figures.text import Box, overlap
from tests.random_conflicts import random_graph, random_option_form

PLOTS = {"stability": plot_stability, "evolution": plot_evolution, "deals": plot_deals}
WIDTHS = (360, 700, 1000)
#: more than what rounding does
SLACK = 1e-6


def looked_at(path: str, **options):
    """What a run found, the ways from the status quo included."""
    findings = detente.analyze(path, **options)
    diagnosis = findings.diagnosis
    ways = None if diagnosis is None else outlook(findings.graph, diagnosis.status_quo)
    return replace(findings, outlook=ways)


def drawn(findings, **options):
    """Every figure that the findings have."""
    for kind, plot in PLOTS.items():
        if kind == "evolution" and findings.diagnosis is None:
            continue
        yield plot(findings, **options)


def assert_readable(figure: Figure) -> None:
    labels = figure.data()["labels"]
    boxes = [Box(*label["box"]) for label in labels]
    for label, box in zip(labels, boxes, strict=True):
        inside = box.left >= -SLACK and box.top >= -SLACK
        inside &= box.right <= figure.width + SLACK and box.bottom <= figure.height + SLACK
        assert inside, (figure.kind, label)
    smaller = [Box(b.left + SLACK, b.top + SLACK, b.right - SLACK, b.bottom - SLACK) for b in boxes]
    for (one, a), (other, b) in combinations(zip(labels, smaller, strict=True), 2):
        assert not overlap(a, b), (figure.kind, figure.width, one, other)
    json.dumps(figure.data())


def graph_text(rng: random.Random) -> tuple[str, int]:
    """A model file of a random conflict given as a graph."""
    literal = random_graph(rng)
    size, dms = len(literal.states), len(literal.moves)
    lines = ["title: random", f"states: [{', '.join(f's{s + 1}' for s in range(size))}]"]
    names, rankings, moves = ["decision_makers:"], ["ranking:"], ["moves:"]
    for i in range(dms):
        tiers: dict[int, list[str]] = {}
        for s in literal.states:
            tiers.setdefault(-literal.utility[i][s], []).append(f"s{s + 1}")
        written = ", ".join(f"[{', '.join(tiers[u])}]" for u in sorted(tiers))
        names.append(f"  d{i}: Side {i}")
        rankings.append(f"  d{i}: [{written}]")
        to = {s: [f"s{q + 1}" for p, q in sorted(literal.moves[i]) if p == s] for s in range(size)}
        rows = ", ".join(f"s{s + 1}: [{', '.join(found)}]" for s, found in to.items() if found)
        moves.append(f"  d{i}: {{{rows}}}")
    lines += [*names, *rankings, *moves]
    return "\n".join(lines) + "\n", size


def random_findings(seed: int, folder: Path):
    rng = random.Random(seed)
    path = folder / "model.yaml"
    if seed % 3 == 0:
        text, size = graph_text(rng)
        target = f"s{rng.randint(1, size)},s{rng.randint(1, size)}"
    else:
        form = random_option_form(rng)
        text, size = form.text(), len(form.states())
        target = None
    path.write_text(text)
    start = str(rng.randint(1, size))
    return looked_at(str(path), status_quo=start, target=target)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "model.yaml"
    path.write_text(model_text([3, 3, 3, 3], seed=3))
    return looked_at(str(path))


# -- they can be read ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("slug", slugs())
def test_labels_of_the_catalog_stand_apart_and_inside(slug: str, width: int) -> None:
    findings = looked_at(slug)
    for figure in drawn(findings, width=width):
        assert_readable(figure)
        assert figure.description


@pytest.mark.parametrize("seed", range(120))
def test_labels_of_random_conflicts_stand_apart_and_inside(seed: int, tmp_path: Path) -> None:
    findings = random_findings(seed, tmp_path)
    for width in WIDTHS:
        for figure in drawn(findings, width=width):
            assert_readable(figure)
        for over in ("moves", "improvements"):
            assert_readable(plot_evolution(findings, over=over, width=width))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [[3, 3, 3, 3], [4, 4, 4], [1] * 11, [2, 2, 2, 1, 1, 1]])
def test_labels_of_large_conflicts_stand_apart_and_inside(shape, seed: int, tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(model_text(shape, seed=seed))
    findings = looked_at(str(path), sim=False)
    for width in WIDTHS:
        for figure in drawn(findings, width=width):
            assert_readable(figure)
            assert len(figure.svg.encode()) < 200_000


HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "end of a section": "]]>",
    "turned": "a\u202eb",
    "doves": "\U0001f54a" * 40,
    "long": "W" * 10_000,
    "blank": " ",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_harm_no_picture(name: str, width: int, tmp_path: Path) -> None:
    quoted = json.dumps(name, ensure_ascii="\u202e" in name)
    path = tmp_path / "model.yaml"
    path.write_text(
        f"title: {quoted}\ndecision_makers:\n"
        f"  a: {{name: {quoted}, options: {{o: {quoted}}}, priorities: [not b.o, o]}}\n"
        f"  b: {{name: {quoted}, options: {{o: {quoted}}}, priorities: [not a.o, o]}}\n"
        f"deals:\n  peace: {{name: {quoted}, deal: not a.o and not b.o}}\n"
        f"  war: {{name: {quoted}, deal: a.o and not b.o}}\n"
        "status_quo: [a.o, b.o]\n"
    )
    for figure in drawn(looked_at(str(path)), width=width):
        assert_readable(figure)
        root = ElementTree.fromstring(figure.svg)  # noqa: S314 - our own picture
        assert not [e for e in root.iter() if e.tag.endswith("script")]
        assert "\u202e" not in figure.svg
        tips = [e.text for e in root.iter() if e.tag.endswith("}title")]
        assert all(len(text) <= 300 for text in tips)


@pytest.mark.parametrize("kind", PLOTS)
def test_a_picture_drawn_twice_is_the_same(kind: str) -> None:
    first, second = (PLOTS[kind](looked_at("jcpoa-2021")).svg for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", PLOTS)
def test_4096_states_make_a_small_file(kind: str, large) -> None:
    for width in WIDTHS:
        assert len(PLOTS[kind](large, width=width).svg.encode()) < 200_000


def test_many_decision_makers_make_a_small_file(tmp_path: Path) -> None:
    lines = ["decision_makers:"]
    for i in range(40):
        options = "{o: O}" if i < 8 else "{}"
        lines.append(f"  d{i}: {{name: Side {i}, options: {options}, priorities: [d{i % 8}.o]}}")
    path = tmp_path / "model.yaml"
    path.write_text("\n".join([*lines, "status_quo: []"]))
    for figure in drawn(looked_at(str(path), sim=False), width=700):
        assert_readable(figure)
        assert len(figure.svg.encode()) < 200_000


# -- stability -----------------------------------------------------------------------------------


def test_rows_are_the_status_quo_then_deals_then_other_equilibria() -> None:
    findings = looked_at("jcpoa-2021")
    rows = plot_stability(findings).content["states"]
    diagnosis = findings.diagnosis
    assert [row["kind"] for row in rows[:2]] == ["now", "deal"]
    deals = [row["index"] for row in rows if row["kind"] == "deal"]
    assert deals == [deal.state for deal in diagnosis.deals][: len(deals)]
    # the strictest concept first, of these the nearest to the status quo
    concepts = ("nash", "sseq", "seq", "smr", "gmr", "sim")
    keys = []
    for row in rows:
        if row["kind"] == "equilibrium":
            grade = next(k for k, one in enumerate(concepts) if one in row["equilibrium"])
            far = findings.graph.changes(diagnosis.status_quo, np.array([row["index"]]))[0]
            keys.append((grade, far, row["index"]))
    assert keys == sorted(keys)
    assert keys[0][0] == 0
    assert len(rows) == 40


@pytest.mark.parametrize("slug", ["elmira", "jcpoa-2021", "milk-river", "cuban-missile-crisis"])
def test_cells_say_what_the_table_says(slug: str) -> None:
    findings = looked_at(slug)
    content = plot_stability(findings).content
    stable = findings.table.stable
    assert set(content["concepts"]) == set(stable)
    for row, concept in product(content["states"], stable):
        told = list(row["stable"][concept].values())
        assert told == stable[concept][:, row["index"]].tolist()
        assert (concept in row["equilibrium"]) == all(told)
    for concept, totals in content["totals"].items():
        assert totals.pop("everybody") == stable[concept].all(axis=0).sum()
        assert list(totals.values()) == stable[concept].sum(axis=1).tolist()


def test_rows_can_be_asked_for_and_at_most_so_many_are_drawn() -> None:
    findings = looked_at("elmira")
    asked = plot_stability(findings, states=[8, 0, 3], most=2)
    assert [row["index"] for row in asked.content["states"]] == [8, 0]
    assert asked.content["left_out"] == {"states": "1 more state"}
    assert any("1 more state" in label["text"] for label in asked.data()["labels"])
    with pytest.raises(DetenteError) as caught:
        plot_stability(findings, states=[9])
    assert caught.value.problems[0].code == "unknown-state"


def test_rows_left_out_are_counted_in_the_picture(large) -> None:
    figure = plot_stability(large, most=10)
    assert len(figure.content["states"]) == 10
    text = " ".join(label["text"] for label in figure.data()["labels"])
    assert all(told in text for told in figure.content["left_out"].values())


# -- evolution -----------------------------------------------------------------------------------


def legal_layers(graph, start: int, over: str) -> dict[int, int]:
    """Fewest steps of legal sequences, by literal search over (state, last mover)."""
    found, seen, now, steps = {start: 0}, set(), [(start, None)], 0
    while now:
        steps += 1
        then = []
        for state, last in now:
            for dm in graph.dms:
                if dm == last:
                    continue
                for target in graph.arcs(dm, np.array([state]), over)[1].tolist():
                    if (target, dm) not in seen:
                        seen.add((target, dm))
                        found.setdefault(target, steps)
                        then.append((target, dm))
        now = then
    return found


@pytest.mark.parametrize("seed", range(60))
def test_layers_and_steps_are_those_of_a_literal_search(seed: int, tmp_path: Path) -> None:
    findings = random_findings(seed, tmp_path)
    graph, ranks = findings.graph, findings.graph.ranks
    for over in (None, "moves", "improvements"):
        content = plot_evolution(findings, over=over).content
        layers = legal_layers(graph, findings.diagnosis.status_quo, content["over"])
        at = {node["index"]: node["layer"] for node in content["nodes"]}
        assert at == {state: layers[state] for state in at}
        for edge in content["edges"]:
            dm = findings.conflict.dm_ids.index(edge["dm"])
            source, target = edge["source"], edge["target"]
            assert target in graph.arcs(dm, np.array([source]), "moves")[1]
            gains = ranks[dm][target] > ranks[dm][source]
            assert edge["kind"] == ("improvement" if gains else "move")
            assert edge["back"] == (at[target] < at[source])
        left = content["left_out"]
        in_all = len(at) + sum(left["in_layers"]) + left["further"] + left["never"]
        assert in_all == graph.size
        assert all(more >= 0 for more in left["in_layers"])


def test_every_state_drawn_but_the_status_quo_is_led_to(large) -> None:
    for findings in (large, looked_at("jcpoa-2021")):
        for over in (None, "moves", "improvements"):
            content = plot_evolution(findings, over=over).content
            reached = {edge["target"] for edge in content["edges"] if not edge["back"]}
            assert len(content["nodes"]) <= 36
            assert all(n["layer"] == 0 or n["index"] in reached for n in content["nodes"])


def test_at_most_so_many_states_are_drawn(large) -> None:
    for most in (1, 5, 12):
        assert len(plot_evolution(large, most=most).content["nodes"]) <= most


def assert_no_curve_passes_a_box(figure: Figure) -> None:
    boxes = [mark for mark in figure.marks if mark.kind == "rect" and mark.tip]
    assert boxes
    for line in figure.marks:
        if line.kind == "path" and "C" in line.d:
            for x, y in points(line.d):
                passed = [b for b in boxes if 0 < x - b.x < b.width and 0 < y - b.y < b.height]
                assert not passed, line.tip


def test_no_curve_passes_a_box(large) -> None:
    for findings in (large, looked_at("jcpoa-2021"), looked_at("cuban-missile-crisis")):
        for width in WIDTHS:
            assert_no_curve_passes_a_box(plot_evolution(findings, width=width))


@pytest.mark.parametrize("seed", range(40))
def test_no_curve_passes_a_box_of_a_random_conflict(seed: int, tmp_path: Path) -> None:
    findings = random_findings(seed, tmp_path)
    for width in WIDTHS:
        for over in ("moves", "improvements"):
            assert_no_curve_passes_a_box(plot_evolution(findings, over=over, width=width))


def points(d: str):
    """Points along a path of cubic curves."""
    first, *curves = d[1:].split("C")
    start = [float(number) for number in first.split()]
    for curve in curves:
        a, b, c, e, f, g = (float(number) for number in curve.split())
        for t in np.linspace(0, 1, 25):
            k = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3]
            yield (
                k[0] * start[0] + k[1] * a + k[2] * c + k[3] * f,
                k[0] * start[1] + k[1] * b + k[2] * e + k[3] * g,
            )
        start = [f, g]


def test_where_nothing_can_move_the_status_quo_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "states: [here, there]\ndecision_makers: {a: A, b: B}\n"
        "ranking: {a: [here, there], b: [here, there]}\n"
        "moves: {a: {}, b: {}}\nstatus_quo: here\n"
    )
    figure = plot_evolution(looked_at(str(path)))
    assert [node["state"] for node in figure.content["nodes"]] == ["here"]
    assert figure.content["edges"] == []
    assert "lead nowhere" in figure.description
    assert_readable(figure)


def test_a_round_of_improvements_runs_back_up(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "states: [a, b, c, d]\ndecision_makers: {i: I, j: J}\n"
        "ranking: {i: [b, a, d, c], j: [c, b, a, d]}\n"
        "moves: {i: {a: [b], c: [d]}, j: {b: [c], d: [a]}}\nstatus_quo: a\n"
    )
    figure = plot_evolution(looked_at(str(path)))
    back = [(e["source"], e["target"]) for e in figure.content["edges"] if e["back"]]
    assert back == [(3, 0)]
    assert all(node["absorbing"] for node in figure.content["nodes"])
    assert any(label["text"] == "leads back" for label in figure.data()["labels"])


def test_without_a_status_quo_there_is_no_evolution() -> None:
    with pytest.raises(DetenteError) as caught:
        plot_evolution(looked_at("milk-river"))
    assert caught.value.problems[0].code == "no-status-quo"


# -- deals ---------------------------------------------------------------------------------------


def betters(one, other) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True)) and one != other


@pytest.mark.parametrize("seed", range(60))
def test_deals_have_their_ranks_and_are_efficient_by_a_double_loop(
    seed: int, tmp_path: Path
) -> None:
    findings = random_findings(seed, tmp_path)
    ranks = [tuple(int(r[s]) for r in findings.graph.ranks) for s in range(findings.graph.size)]
    now = ranks[findings.diagnosis.status_quo]
    content = plot_deals(findings).content
    zone = {s for s, row in enumerate(ranks) if betters(row, now)}
    told = [state for deal in content["deals"] for state in deal["indices"]]
    assert sorted(told) == sorted(zone)
    held = findings.table.equilibria("seq")
    for deal in content["deals"]:
        rows = {ranks[state] for state in deal["indices"]}
        assert rows == {tuple(deal["ranks"].values())}
        assert deal["efficient"] == (not any(betters(r, next(iter(rows))) for r in ranks))
        assert deal["holds"] == any(held[state] for state in deal["indices"])
        assert deal["refused_by"] == []
    for deal in content["refused"]:
        row = tuple(deal["ranks"].values())
        ids = findings.conflict.dm_ids
        assert deal["refused_by"] == [ids[i] for i, rank in enumerate(row) if rank < now[i]]


def test_deals_ranked_alike_share_a_line(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "decision_makers:\n"
        "  a: {options: {x: X, idle: Y}, priorities: [x]}\n"
        "  b: {options: {z: Z}, priorities: [a.x]}\n"
        "status_quo: []\n"
    )
    content = plot_deals(looked_at(str(path))).content
    assert [len(deal["indices"]) for deal in content["deals"]] == [4]


def test_refused_deals_of_the_flagship_are_drawn_and_named() -> None:
    findings = looked_at("jcpoa-2021")
    figure = plot_deals(findings)
    refused = {deal["states"][0]: deal["refused_by"] for deal in figure.content["refused"]}
    assert refused == {"199": ["iran"], "127": ["usa"], "170": ["usa"]}
    text = [label["text"] for label in figure.data()["labels"]]
    assert any(line.startswith("refused by Iran: Full return") for line in text)


def test_at_most_so_many_lines_are_drawn_and_the_rest_counted() -> None:
    figure = plot_deals(looked_at("jcpoa-2021"), most=10)
    lines = figure.content["deals"] + figure.content["refused"]
    assert len(lines) == 10
    drawn_deals = sum(len(deal["indices"]) for deal in figure.content["deals"])
    assert figure.content["left_out"]["deals"] == 48 - drawn_deals
    told = f"Not drawn: {48 - drawn_deals} more deals."
    assert any(label["text"] == told for label in figure.data()["labels"])


@pytest.mark.parametrize("slug", ["milk-river", "cuban-missile-crisis"])
def test_without_deals_the_picture_says_so(slug: str) -> None:
    figure = plot_deals(looked_at(slug))
    assert figure.content["deals"] == []
    assert figure.title.startswith("No deal")
    text = " ".join(label["text"] for label in figure.data()["labels"])
    assert "deal" in text
