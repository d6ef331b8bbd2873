"""The command that writes a page never harms a file."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente import study
from detente.cli import main
from detente.errors import DetenteError
from tests.told import (
    JCPOA,
    html_of,
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["report", *arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert "internal" not in err
    return code, out, err


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_command_writes_the_page_and_says_so_on_standard_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "page.html"
    assert run(capsys, "elmira", "-o", str(out)) == (0, "", f"page written to {out}\n")
    assert out.read_text(encoding="utf-8") == html_of("elmira")
    assert out.stat().st_mode & 0o777 == 0o666 & ~umask()
    assert run(capsys, "elmira", "--out", "-") == (0, html_of("elmira"), "")
    # a page of ours that is there is replaced, and keeps the rights it has
    out.chmod(0o600)
    assert run(capsys, "chicken", "-o", str(out))[0] == 0
    assert out.read_text(encoding="utf-8") == html_of("chicken")
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(files_in(tmp_path)) == ["page.html"]


def umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


@pytest.mark.parametrize(
    "content",
    [b"", b"my notes", b"\xff\xfe\x00", b"<!doctype html><title>Mine</title>" + b" " * 5000,
     b" " * 5000 + b'<meta name="generator" content="d\xc3\xa9tente 0.1.0">'],
    ids=["empty", "notes", "no text", "another page", "the mark far inside"],
)  # fmt: skip
def test_a_file_that_is_no_page_of_ours_is_left_byte_for_byte_unless_forced(
    content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "page.html"
    out.write_bytes(content)
    code, told, err = run(capsys, "elmira", "-o", str(out))
    assert (code, told) == (2, "")
    assert "would-overwrite" in err
    assert err.count("\n") == 1
    assert files_in(tmp_path) == {"page.html": content}
    assert run(capsys, "elmira", "-o", str(out), "--force")[0] == 0
    assert files_in(tmp_path) == {"page.html": html_of("elmira").encode()}


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left_behind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = files_in(tmp_path)
    for place in (
        "folder", ".", "", "missing/page.html", "file/page.html", "loop", "pipe", "x" * 300, "a\0b",
    ):  # fmt: skip
        for extra in ([], ["--force"]):
            target = place if place in ("",) else str(tmp_path / place)
            code, out, err = run(capsys, "elmira", "-o", target, *extra)
            assert (code, out) == (2, ""), place
            assert "unwritable" in err, (place, err)
            assert files_in(tmp_path) == before
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_or_page_of_somebody_else_is_told(tmp_path: Path) -> None:
    locked, page = tmp_path / "locked", tmp_path / "locked" / "page.html"
    locked.mkdir()
    page.write_text(html_of("elmira"), encoding="utf-8")
    tmp_path.chmod(0o755)
    for mode, file in ((0o555, 0o644), (0o555, 0o000), (0o000, 0o644)):
        page.chmod(file)
        locked.chmod(mode)
        told = as_nobody(page)
        assert told[0] == 2, told
        assert "unwritable" in told[1]
        locked.chmod(0o755)
        page.chmod(0o644)
        assert files_in(locked) == {"page.html": html_of("elmira").encode()}


def as_nobody(page: Path) -> tuple[int, str]:
    """Save a page as somebody who owns nothing, in a process of its own."""
    read_end, write_end = os.pipe()
    made = study.page_of("elmira")
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        told = "0"
        try:
            made.save(page)
        except DetenteError as error:
            told = f"2{error}"
        except BaseException as error:
            told = f"9{error!r}"
        os.write(write_end, told.encode()[:4000])
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return int(told[0]), told[1:]


class Full(io.FileIO):
    """A file on a disk that takes 100 bytes more."""

    def write(self, data: Any) -> int:
        super().write(bytes(data[:100]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("when", ["while it is written", "when it is flushed", "when it is named"])
def test_a_full_disk_leaves_the_old_page_whole_and_nothing_else(
    when: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "page.html"
    out.write_text(html_of("chicken"), encoding="utf-8")
    before = files_in(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    opened = os.fdopen
    with monkeypatch.context() as patch:
        if when == "while it is written":
            patch.setattr(
                os, "fdopen",
                lambda handle, mode: Full(handle, mode) if "w" in mode else opened(handle, mode),
            )  # fmt: skip
        elif when == "when it is flushed":
            patch.setattr(os, "fsync", full)
        else:
            patch.setattr(Path, "replace", full)
        code, told, err = run(capsys, "elmira", "-o", str(out))
    assert (code, told) == (2, "")
    assert "unwritable" in err
    assert "No space left on device" in err
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("target", ["> /dev/full", ">&-"])
def test_a_full_or_closed_standard_output_is_told(target: str) -> None:
    shell = f"exec {sys.executable} -m detente report elmira -o - {target}"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"unwritable standard output" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_stops_reading_the_page_is_no_error() -> None:
    command = [sys.executable, "-m", "detente", "report", JCPOA, "-o", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(15) == b"<!doctype html>"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


BAD = {
    "bad-date": [
        [JCPOA, "--on", "yesterday"], [JCPOA, "--on", "2021-02-30"], [JCPOA, "--known-by", "13"],
        [JCPOA, "--replay", "2021-13-01/2021-12-31"], ["elmira", "--on", "yesterday"],
    ],
    "unknown-id": [[JCPOA, "--viewpoint", "atlantis"], [JCPOA, "--viewpoint", "E001"]],
    "bad-usage": [
        [JCPOA, "--replay", "2021"], [JCPOA, "--replay", "/"], [JCPOA, "--replay", "2021-01-01/"],
        [JCPOA, "--replay", "2021-01-01/2021-02-01/2021-03-01"],
    ],
    "ends-before-start": [[JCPOA, "--replay", "2021-12-31/2021-01-01"]],
    "unknown-state": [["elmira", "--status-quo", "99"]],
    "no-such-path": [["no-such-dossier"]],
    "unknown-option": [["milk-river", "--target", "1"]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "arguments"),
    [(code, one) for code, many in BAD.items() for one in many],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_bad_input_is_told_in_one_line_and_no_page_is_written(
    code: str, arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "page.html"
    status, told, err = run(capsys, *arguments, "-o", str(out))
    assert (status, told) == (2, "")
    assert f"{code} " in err
    assert err.count("\n") == 1
    assert files_in(tmp_path) == {}


def test_the_file_to_write_has_to_be_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, told, err = run(capsys, "elmira")
    assert (status, told) == (2, "")
    assert "--out" in err
    assert files_in(tmp_path) == {}
