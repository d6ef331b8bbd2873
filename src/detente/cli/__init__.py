"""The command line, one file per command.

Data goes to standard output, talk to standard error. Exit codes: 0 fine, 1 findings (`check`),
2 usage or bad input, 130 interrupted. No traceback reaches a user unless DETENTE_DEBUG is set.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from detente.cli.app import app
from detente.errors import DetenteError, Problem

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        Default: those of the process.
    """
    from cyclopts import CycloptsError

    words = list(sys.argv[1:] if arguments is None else arguments)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdout is None:
        return _tell([Problem("unwritable", "standard output is closed")])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a name that the terminal cannot show must not end the run
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(words, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except DetenteError as error:
        return _tell(error.problems)
    except CycloptsError as error:
        return _tell([Problem("bad-usage", " ".join(str(error).split()))])
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # the reader has seen enough; keep Python from failing once more on exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _tell([Problem("unwritable", f"standard output: {error.strerror}")])
    except MemoryError:
        return _tell([Problem("out-of-memory", "memory ran out")])
    except Exception as error:
        if os.environ.get("DETENTE_DEBUG"):
            raise
        return _tell([Problem("internal", f"{type(error).__name__}: {error}")])
    return code if isinstance(code, int) else 0


def _tell(problems: Sequence[Problem]) -> int:
    from detente.cli.screen import MOST_TOLD, talk
    from detente.report.screen.findings import problem_text

    for problem in problems[:MOST_TOLD]:
        talk(problem_text(problem))
    if len(problems) > MOST_TOLD:
        talk(f"... and {len(problems) - MOST_TOLD:,} more; `detente check --json` lists them all")
    return 2
