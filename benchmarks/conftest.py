"""Collects what each benchmark measured and prints it as a ratio to something of the same run."""

from __future__ import annotations

import pytest

#: what | time in ms | limit in ms | ratio to a copy of the ranks, or to what is named
#: | peak memory in MB | its limit
Row = tuple[str, float, float, float | None, float | None, float | None]
ROWS: list[Row] = []


@pytest.fixture
def rows() -> list[Row]:
    return ROWS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not ROWS:
        return
    write = terminalreporter.write_line
    terminalreporter.section(
        "speed; ratios are to a plain copy of the rank arrays where nothing else is named"
    )
    head = ("what", "ms", "limit ms", "ratio", "peak MB", "limit MB")
    write(f"{head[0]:<52}{head[1]:>10}{head[2]:>10}{head[3]:>10}{head[4]:>9}{head[5]:>9}")
    for what, took, limit, ratio, memory, most in ROWS:
        cells = [f"{took:.1f}", f"{limit:.0f}"]
        cells.append("-" if ratio is None else f"{ratio:,.1f}" if ratio < 100 else f"{ratio:,.0f}")
        cells += ["-" if v is None else f"{v:,.0f}" for v in (memory, most)]
        write(f"{what:<52}{cells[0]:>10}{cells[1]:>10}{cells[2]:>10}{cells[3]:>9}{cells[4]:>9}")
