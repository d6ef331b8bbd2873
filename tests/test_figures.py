"""What all figures share: how they are written, coloured and measured; the README's are fresh."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.report.figures import Figure
from detente.report.figures.figure import Dot, Line, Path_, Rect, Text
from detente.report.figures.palette import DARK, LIGHT, style
from detente.report.figures.text import Box, fit, overlap, width_of
from detente.report.templating import clean

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"

SMALL = Figure(
    "small",
    "A small one",
    "Two marks of every kind.",
    200,
    100,
    {"things": [1, 2]},
    (
        Rect(10, 10, 60, 30, "zone", edge="line", tip="a rectangle"),
        Line(0, 0, 200, 100, dash="3 2"),
        Dot(100, 50, 8, "dm1", edge="ink"),
        Path_("M10 90L190 90", paint="dm2"),
        Path_("M10 90L20 80L30 90Z", paint="dm3", filled=True),
        Text(20, 80, "words", bold=True, tip="more words"),
        Text(190, 80, "end", anchor="end", paint="muted"),
    ),
)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def test_a_figure_says_what_it_draws() -> None:
    data = SMALL.data()
    assert data["things"] == [1, 2]
    assert [label["text"] for label in data["labels"]] == ["words", "end"]
    left, top, right, bottom = data["labels"][1]["box"]
    assert right == 190
    assert left < 190 - 2 * 12 * 0.5
    assert top < 80 < bottom


def test_svg_has_every_mark_a_title_and_a_description() -> None:
    root = parsed(SMALL.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "A small one. Two marks of every kind."
    assert root.findtext(f"{SVG}title") == "A small one"
    tags = [element.tag.removeprefix(SVG) for element in root]
    drawn = ["rect", "line", "circle", "path", "path", "text", "text"]
    assert tags == ["title", "desc", "style", "rect", *drawn]
    assert [one.text for one in root.iter(f"{SVG}title")][1:] == ["a rectangle", "more words"]


def test_every_colour_that_is_used_has_a_rule_for_light_and_for_dark() -> None:
    rules = parsed(SMALL.svg).findtext(f"{SVG}style") or ""
    light, dark = rules.split("@media", 1)
    for name in ("zone", "line", "dm1", "ink", "dm2", "dm3", "muted", "ground"):
        assert f".f-{name}{{fill:{LIGHT[name]}}}" in light
        assert f".f-{name}{{fill:{DARK[name]}}}" in dark
    assert "accent" not in rules
    assert set(LIGHT) == set(DARK)
    assert style([]) == "@media screen and (prefers-color-scheme:dark){}"


def test_on_a_page_a_figure_leaves_its_colours_to_the_page() -> None:
    assert "<style>" not in SMALL.inline
    assert "a rectangle" not in SMALL.inline
    parsed(SMALL.inline)


def test_png_and_pdf_are_drawn() -> None:
    pytest.importorskip("vl_convert")
    assert SMALL.png().startswith(b"\x89PNG\r\n\x1a\n")
    # width and height stand at the same place in every PNG
    size = SMALL.png(scale=3)[16:24]
    assert [int.from_bytes(size[:4]), int.from_bytes(size[4:])] == [600, 300]
    assert SMALL.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "start"), [("x.svg", b"<svg"), ("x.PNG", b"\x89PNG"), ("x.pdf", b"%PDF")]
)
def test_a_figure_is_written_by_the_ending_of_its_name(
    name: str, start: bytes, tmp_path: Path
) -> None:
    if name != "x.svg":
        pytest.importorskip("vl_convert")
    SMALL.save(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["x.gif", "x"])
def test_another_ending_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match="unknown-format"):
        SMALL.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_figure_that_cannot_be_written_leaves_the_old_file_whole(tmp_path: Path) -> None:
    (tmp_path / "x.svg").mkdir()
    with pytest.raises(DetenteError, match="unwritable"):
        SMALL.save(tmp_path / "x.svg")
    with pytest.raises(DetenteError, match="unwritable"):
        SMALL.save(tmp_path / "no" / "x.svg")


def test_without_the_extra_png_and_pdf_say_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    (tmp_path / "x.png").write_bytes(b"old")
    with pytest.raises(DetenteError, match="library-missing"):
        SMALL.save(tmp_path / "x.png")
    with pytest.raises(DetenteError, match="library-missing"):
        SMALL.pdf()
    assert (tmp_path / "x.png").read_bytes() == b"old"
    assert SMALL.svg.startswith("<svg")


def test_a_figure_shows_itself_in_a_notebook() -> None:
    assert SMALL._repr_svg_() == SMALL.svg
    assert SMALL.svg in SMALL._repr_html_()


# -- measuring -----------------------------------------------------------------------------------


@given(st.text(max_size=200), st.floats(0, 500), st.booleans())
def test_what_fits_is_no_wider_than_its_room(text: str, room: float, bold: bool) -> None:
    line = fit(text, 11, room, bold=bold)
    assert width_of(line, 11, bold=bold) <= room
    assert "\n" not in line
    whole = " ".join(clean(text).split())
    if line.endswith("…") and not whole.endswith("…"):
        assert width_of(whole, 11, bold=bold) > room


def test_a_text_of_any_length_is_cut_at_once() -> None:
    assert len(fit("word " * 10_000_000, 11, 200)) < 60


def test_boxes_overlap_only_where_they_share_an_area() -> None:
    one = Box(0, 0, 10, 10)
    assert overlap(one, Box(9, 9, 20, 20))
    assert not overlap(one, Box(10, 0, 20, 10))
    assert overlap(one, Box(2, 2, 3, 3))


# -- the pictures of the README ------------------------------------------------------------------


def _pictures():
    spec = importlib.util.spec_from_file_location("make", ROOT / "docs" / "pictures" / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PICTURES


@pytest.mark.parametrize(
    ("file", "draw"), _pictures().items(), ids=lambda it: getattr(it, "name", "")
)
def test_the_pictures_of_the_readme_are_those_the_program_draws(file: Path, draw) -> None:
    assert f"docs/pictures/{file.name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    stale = f"{file.name} is stale: make it again by python3 x.py pictures"
    assert file.read_text(encoding="utf-8") == draw().svg, stale
