"""The commands."""

from __future__ import annotations

from importlib.metadata import version

from cyclopts import App

from detente.cli.analyze import analyze
from detente.cli.catalog import catalog
from detente.cli.check import check
from detente.cli.convert import convert
from detente.cli.demo import demo
from detente.cli.read import read
from detente.cli.replay import replay
from detente.cli.report import report
from detente.cli.schema import schema
from detente.cli.standing import standing
from detente.cli.timeline import timeline

__all__ = ["app"]

app = App(
    name="detente",
    help="Can these talks go anywhere? If not, why not, and what would have to change?",
    version=version("detente"),
    help_format="plaintext",
    suppress_keyboard_interrupt=False,
)
for command in (
    demo, analyze, check, standing, timeline, replay, report, read, catalog, convert, schema,
):  # fmt: skip
    app.command(command)
