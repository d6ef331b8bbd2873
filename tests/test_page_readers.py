"""A page is for every reader: landmarks, heads of tables, words for pictures, contrast."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from detente import study
from detente.report.figures.palette import DARK, LIGHT
from tests.pages import (
    Element,
    read_page,
    written,
)
from tests.told import (
    JCPOA,
    PAGES,
    SIX,
    any_page,
    assert_readable,
    contrast,
    page_of,
    read,
)


@any_page
def test_a_page_is_told_to_readers_who_do_not_see_it(name: str) -> None:
    assert_readable(read(name))


#: a path that is a rectangle
AREA = re.compile(r"M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+z")


def text_on_ground(page: Element) -> set[tuple[str, str]]:
    """The names of colours of texts in pictures, each with what lies under the text."""
    found = set()
    for picture in page.all("svg"):
        assert picture["font-size"] == "11"
        assert picture["class"] == "figure f-ink"
        under: list[tuple[str, float, float, float, float]] = []
        for mark in picture.walk():
            paint = next((c[2:] for c in mark.get("class").split() if c.startswith("f-")), "")
            if mark.tag == "text":
                paint = paint or "ink"
            if not paint:
                continue
            if mark.tag == "rect" and "x" in mark.attributes:
                x, y, w, h = (float(mark[key]) for key in ("x", "y", "width", "height"))
                under.append((paint, x, y, x + w, y + h))
            elif mark.tag == "path" and (area := AREA.fullmatch(mark["d"])):
                x, y, right, bottom = map(float, area.groups())
                under.append((paint, x, y, right, bottom))
            elif mark.tag == "circle":
                x, y, r = (float(mark[key]) for key in ("cx", "cy", "r"))
                under.append((paint, x - r, y - r, x + r, y + r))
            elif mark.tag == "text":
                x, y, size = float(mark["x"]), float(mark["y"]), float(mark.get("font-size") or 11)
                anchor = mark.get("text-anchor")
                x += {"middle": 0.0, "end": -size / 3}.get(anchor, size / 3)
                y -= size / 3
                ground = "ground"
                for name, left, top, right, bottom in under:
                    if left < x < right and top < y < bottom and "transform" not in mark.attributes:
                        ground = name
                found.add((paint, ground))
    return found


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(palette: Mapping[str, str], tmp_path: Path) -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    pairs = set().union(*(text_on_ground(read(name)) for name in PAGES))
    six = study.page_of(str(written(tmp_path, model=SIX))).html
    pairs |= text_on_ground(read_page(six))
    assert {("ink", "ground"), ("muted", "ground"), ("ink", "zone")} <= pairs
    # what is gone to is shown on a ground of its own
    pairs |= {(one, "soft") for one in ("ink", "muted", "accent", "warn")}
    pairs |= {(one, "ground") for one in ("ink", "muted", "accent", "warn")}
    faint = {
        pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2)
        for pair in pairs
        if contrast(palette[pair[0]], palette[pair[1]]) < 4.5
    }
    assert not faint


def test_the_page_has_the_colours_of_the_palette_and_no_others() -> None:
    css = page_of(JCPOA).only("style").children[0]
    assert isinstance(css, str)
    root, dark = css.split("@media screen and (prefers-color-scheme: dark)")
    for palette, part in ((LIGHT, root), (DARK, dark)):
        given = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
        assert given == dict(palette)
    rest = re.sub(r"--[\w-]+: #[0-9a-f]{6};", "", css)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\s}])", rest)
