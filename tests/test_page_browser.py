"""The page in a real browser: offline, on a small screen, in the dark, with the keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from detente import study
from detente.report.figures.palette import DARK, LIGHT
from detente.report.figures.text import width_of
from detente.study import PageQuestion
from tests.browser import Browser, chromium
from tests.pages import written
from tests.told import PAGES, SIX, all_of_it, contrast, html_of

PROGRAM = chromium()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")

WIDTHS = (360, 768, 1280)
SHOWN = ("jcpoa-2021", "everything", "elmira", "milk-river", "known by", "long", "large", "six")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM is not None
    with Browser(PROGRAM, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for k, name in enumerate(SHOWN):
        found[name] = folder / f"{k}.html"
        html = made(folder, name) if name in ("long", "large", "six") else html_of(*PAGES[name])
        found[name].write_text(html, encoding="utf-8")
    return found


def made(folder: Path, name: str) -> str:
    """A page with words of 200 letters, or with long texts, or one with six sides."""
    if name == "six":
        return study.page_of(str(written(folder / name, model=SIX))).html
    text = "W" * 200 if name == "long" else "word " * 200
    model, record = all_of_it(lambda field: f"{text}{field}", "http://x.example/" + "w" * 500)
    path = written(folder / name, model=model, record=record)
    question = PageQuestion(on="2021-06-01", period=("2020-01-01", "2020-06-01"))
    return study.page_of(str(path), question).html


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_loads_without_a_network_a_request_or_a_complaint(
    name: str, browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files[name]) as tab:
        assert tab.requests == [files[name].as_uri()]
        assert tab.complaints == []
        assert tab.evaluate("document.compatMode") == "CSS1Compat"
        assert tab.evaluate("document.scripts.length + document.images.length") == 0


def test_requests_and_complaints_of_a_bad_page_are_seen(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><img src='http://x.invalid/'><script>console.log('hm'); fail()</script>"
        "<div style='width:2000px'>wide</div>"
    )
    with browser.open(bad) as tab:
        assert "http://x.invalid/" in tab.requests
        assert "['hm']" in tab.complaints
        assert len(tab.complaints) == 3
        assert tab.evaluate(BEYOND)
    # the policy of a page of ours would stop both
    page = tmp_path / "page.html"
    script = "<script>document.title = 'run'</script><img src='http://x.invalid/'></main>"
    page.write_text(html_of("elmira").replace("</main>", script), encoding="utf-8")
    with browser.open(page) as tab:
        assert tab.evaluate("document.title") != "run"
        assert len(tab.complaints) == 2
        assert all("Content Security Policy" in one for one in tab.complaints)


#: what reaches beyond the window, other than in a frame that is moved sideways by itself
BEYOND = """(() => {
  const wide = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > wide) found.push('page');
  for (const one of document.querySelectorAll('body *:not(svg *)')) {
    if (one.closest('.scroll') && !one.matches('.scroll') || one.matches('.skip')) continue;
    const box = one.getBoundingClientRect();
    if (box.right > wide + 0.5 || box.left < -0.5)
      found.push(one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 60));
  }
  return found;
})()"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SHOWN)
def test_nothing_reaches_beyond_the_window(
    name: str, width: int, browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files[name], width=width) as tab:
        assert tab.evaluate("innerWidth") == width
        assert tab.evaluate(BEYOND) == []


# -- pictures ------------------------------------------------------------------------------------

#: every label with its box in the units of its picture, and the picture's own size
LABELS = """[...document.querySelectorAll('svg.figure')].map(svg => {
  const view = svg.viewBox.baseVal, inverse = svg.getScreenCTM().inverse();
  return {title: svg.querySelector('title').textContent, width: view.width, height: view.height,
    labels: [...svg.querySelectorAll('text')].map(text => {
      const box = text.getBBox(), matrix = inverse.multiply(text.getScreenCTM());
      const size = parseFloat(getComputedStyle(text).fontSize);
      const base = parseFloat(text.getAttribute('y'));
      const corners = [[box.x, base - 0.8 * size], [box.x + box.width, base + 0.25 * size]]
        .map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
      return {text: text.textContent, size, bold: text.hasAttribute('font-weight'),
        long: text.getComputedTextLength(),
        left: Math.min(corners[0].x, corners[1].x), right: Math.max(corners[0].x, corners[1].x),
        top: Math.min(corners[0].y, corners[1].y), bottom: Math.max(corners[0].y, corners[1].y)};
    })};
})"""


@pytest.mark.parametrize("font", ["the page's own", "DejaVu Sans"])
@pytest.mark.parametrize("name", [one for one in SHOWN if one != "known by"])
def test_labels_of_pictures_keep_apart_in_the_fonts_there_are(
    name: str, font: str, browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files[name]) as tab:
        if font != "the page's own":
            tab.evaluate(f"document.body.style.fontFamily = {json.dumps(font)}")
        pictures = tab.evaluate(LABELS)
    assert pictures
    told = 0
    for picture in pictures:
        labels = picture["labels"]
        told += len(labels)
        for one in labels:
            # single letters may be a little wider in bold; whole labels are not
            most = 1.02 * width_of(one["text"], one["size"], bold=one["bold"]) + 1
            assert one["long"] <= most, one
            assert one["left"] > -1, (picture["title"], one)
            assert one["top"] > -1, (picture["title"], one)
            assert one["right"] < picture["width"] + 1, (picture["title"], one)
            assert one["bottom"] < picture["height"] + 1, (picture["title"], one)
        for one, other in combinations(labels, 2):
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert across <= 1 or down <= 1, (picture["title"], one["text"], other["text"])
    assert told > 10


# -- colours -------------------------------------------------------------------------------------

#: for every text outside pictures: its colour and that of the ground it stands on
COLOURS = """(() => {
  const hex = colour => '#' + colour.match(/\\d+/g).slice(0, 3)
    .map(n => (+n).toString(16).padStart(2, '0')).join('');
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, own = text.parentElement;
    if (!text.textContent.trim() || own.closest('svg')) continue;
    let ground = own;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)')
      ground = ground.parentElement;
    const pair = hex(getComputedStyle(own).color) + ' ' +
      (ground ? hex(getComputedStyle(ground).backgroundColor) : 'none');
    found[pair] = text.textContent.trim().slice(0, 40);
  }
  return found;
})()"""


@pytest.mark.parametrize(("dark", "palette"), [(False, LIGHT), (True, DARK)], ids=["light", "dark"])
def test_every_text_can_be_read_by_day_and_by_night(
    dark: bool, palette: dict[str, str], browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files["everything"], dark=dark) as tab:
        tab.evaluate("location.hash = 's-' + document.querySelector('article').id.slice(2)")
        found = tab.evaluate(COLOURS)
        grounds = {pair.split()[1] for pair in found}
        assert grounds == {palette["ground"], palette["soft"]}
        for pair, text in found.items():
            assert contrast(*pair.split()) >= 4.5, (pair, text)
        drawn = tab.evaluate("getComputedStyle(document.querySelector('.f-ink')).fill")
        assert drawn == "rgb({}, {}, {})".format(*bytes.fromhex(palette["ink"][1:]))


def test_on_paper_a_page_is_black_on_white_and_loses_nothing(
    browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files["everything"], dark=True, media="print") as tab:
        ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        assert tab.evaluate("getComputedStyle(document.body).color") != "rgb(255, 255, 255)"
        for pair in tab.evaluate(COLOURS):
            assert contrast(*pair.split()) >= 4.5
        # a frame cannot be moved on paper
        cut = "getComputedStyle(document.querySelector('.scroll')).overflowX"
        assert tab.evaluate(cut) == "visible"


# -- the keyboard --------------------------------------------------------------------------------


@cache
def focused() -> str:
    return """(() => {
      const one = document.activeElement, style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      return {tag: one.tagName, href: one.getAttribute('href') || '', class: one.className,
        outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
        seen: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight};
    })()"""


def test_the_page_can_be_read_with_the_keyboard_alone(
    browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files["elmira"], width=360) as tab:
        order = tab.evaluate("document.querySelectorAll('a, .scroll').length")
        seen = []
        for _ in range(order):
            tab.press("Tab", 9)
            one = tab.evaluate(focused())
            assert one["outline"], one
            assert one["seen"], one
            seen.append(one)
        # everything that can be gone to, in order, the way past the contents first
        assert seen[0]["href"] == "#content"
        assert [one["href"] for one in seen] == tab.evaluate(
            "[...document.querySelectorAll('a, .scroll')].map(a => a.getAttribute('href') || '')"
        )
        assert {one["tag"] for one in seen} == {"A", "DIV"}


def test_a_wide_table_is_moved_with_the_arrows(browser: Browser, files: dict[str, Path]) -> None:
    with browser.open(files["jcpoa-2021"], width=360) as tab:
        wide = "[...document.querySelectorAll('.scroll')].find(o => o.scrollWidth > o.clientWidth)"
        assert tab.evaluate(f"{wide}.scrollLeft") == 0
        tab.evaluate(f"{wide}.focus()")
        tab.press("ArrowRight", 39)
        moved = tab.evaluate(
            f"new Promise(done => {{const o = {wide};"
            " const look = () => o.scrollLeft > 0 ? done(true) : requestAnimationFrame(look);"
            " look()})"
        )
        assert moved


def test_the_way_past_the_contents_leads_to_the_content(
    browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files["jcpoa-2021"]) as tab:
        assert not tab.evaluate(
            "(b => b.right > 0 && b.bottom > 0)(document.querySelector('.skip')"
            ".getBoundingClientRect())"
        )
        tab.press("Tab", 9)
        tab.call(
            "Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter",
            windowsVirtualKeyCode=13, text="\r",
        )  # fmt: skip
        assert tab.evaluate("location.hash") == "#content"


# -- as it is read aloud -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["everything", "elmira", "long"])
def test_landmarks_links_pictures_and_tables_have_names(
    name: str, browser: Browser, files: dict[str, Path]
) -> None:
    with browser.open(files[name]) as tab:
        nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
    by_role: dict[str, list[str]] = {}
    for node in nodes:
        if not node.get("ignored"):
            role = node["role"]["value"]
            by_role.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    assert len(by_role["main"]) == len(by_role["navigation"]) == len(by_role["contentinfo"]) == 1
    assert len(by_role["banner"]) == 1
    for role in ("link", "heading", "region", "image", "table", "article", "columnheader"):
        assert by_role[role], role
        for told in by_role[role]:
            assert told.strip(), role
    assert len(set(by_role["article"])) == len(by_role["article"])
