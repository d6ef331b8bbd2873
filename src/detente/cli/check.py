"""``detente check``: every problem of a model or a dossier, with its place."""

from __future__ import annotations

from detente import study
from detente.cli.screen import MOST_TOLD, Flag, PathOrDash, show_json, show_line, talk
from detente.report.data.shape import problem_data
from detente.report.screen.findings import problem_text

__all__ = ["check"]


def check(path: PathOrDash, /, *, json: Flag = False) -> int:
    """Tell every problem of a model or a dossier at once, each with its place and remedy.

    Exits with 0 when there is no error (warnings may be printed), and with 1 when there is one.

    Parameters
    ----------
    path
        A model or record file, a .gmcr file, a dossier folder, a catalog slug, or - for a model on
        standard input.
    json
        Print one JSON object with the list of problems.
    """
    problems = study.check(path)
    errors = sum(problem.severity == "error" for problem in problems)
    if json:
        show_json({"path": path, "problems": [problem_data(problem) for problem in problems]})
    else:
        for problem in problems[:MOST_TOLD]:
            show_line(problem_text(problem))
        if len(problems) > MOST_TOLD:
            talk(f"... and {len(problems) - MOST_TOLD:,} more; --json lists them all")
        warnings = len(problems) - errors
        parts = [f"{errors or 'no'} error{'s' * (errors != 1)}"]
        parts += [f"{warnings} warning{'s' * (warnings != 1)}"] if warnings else []
        talk(f"{path}: {', '.join(parts)}")
    return 1 if errors else 0
