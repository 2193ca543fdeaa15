"""The program as a process: exit codes, streams, and never a traceback for bad input."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")

GOLDEN = Path(__file__).parents[1] / "golden"
RUBRIC, ANSWERS = str(GOLDEN / "team.rubric.yaml"), str(GOLDEN / "team.yaml")
PROGRAM = [sys.executable, "-m", "humanai_maturity"]


def run(*arguments: str | Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
    )


def make(folder: Path, kind: str) -> Path:
    """Make something that is neither a rubric nor an assessment."""
    path = folder / f"{kind}.yaml"
    contents = {
        "empty": b"",
        "blank": b"\n \n",
        "binary": bytes(range(256)),
        "latin": "title: Qualität".encode("latin-1"),
        "scalar": b"42",
        "list": b"- 1\n- 2\n",
        "nan": b"rubric: team\nanswers: {follow: .nan}\n",
        "infinity": b"rubric: team\nanswers: {track: -.inf}\n",
        "bomb": b"a: &a [1,1]\n" + b"".join(b"b%d: &b%d [*%s,*%s]\n" % (n, n, p, p) for n, p in _aliases()),
        "deep": b"[" * 5000,
        "nothing": b"rubric: team\nanswers: {hear: null}\n",
        "tag": b"rubric: !!python/object/apply:os.system [ls]\n",
        "other": b"rubric: other\nanswers: {}\n",
        "wrong-type": b"rubric: team\nanswers: {hear: 3, follow: some, learn: [1]}\n",
    }
    if kind == "folder":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(100_000_000)
    elif kind != "missing":
        path.write_bytes(contents[kind])
    return path


def _aliases() -> list[tuple[int, bytes]]:
    return [(number, b"a" if number == 0 else b"b%d" % (number - 1)) for number in range(40)]


KINDS = (
    "bomb",
    "binary",
    "blank",
    "deep",
    "empty",
    "folder",
    "infinity",
    "large",
    "latin",
    "list",
    "missing",
    "nan",
    "nothing",
    "other",
    "scalar",
    "tag",
    "wrong-type",
)


@pytest.mark.parametrize("kind", KINDS)
def test_bad_answers_end_with_2_and_a_message(tmp_path: Path, kind: str) -> None:
    path = make(tmp_path, kind)
    started = time.monotonic()
    finished = run("score", RUBRIC, path)
    assert (finished.returncode, finished.stdout) == (2, b"")
    assert finished.stderr.startswith(b"error: ")
    assert path.name.encode() in finished.stderr
    assert b"Traceback" not in finished.stderr
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("kind", ["binary", "deep", "empty", "folder", "large", "missing", "scalar", "other"])
def test_bad_rubrics_end_with_2_and_a_message(tmp_path: Path, kind: str) -> None:
    finished = run("show", make(tmp_path, kind))
    assert (finished.returncode, finished.stdout) == (2, b"")
    assert finished.stderr.startswith(b"error: ")
    assert b"Traceback" not in finished.stderr


@pytest.mark.parametrize(("kind", "code"), [("empty", 1), ("binary", 1), ("nan", 1), ("large", 2), ("missing", 2)])
def test_check_tells_problems_from_what_cannot_be_opened(tmp_path: Path, kind: str, code: int) -> None:
    finished = run("check", make(tmp_path, kind), "--rubric", RUBRIC)
    assert finished.returncode == code
    assert b"Traceback" not in finished.stderr
    assert bool(finished.stdout) == (code == 1)


def test_bytes_on_the_standard_input() -> None:
    for given in (b"", bytes(range(256)), b"\xff\xfe", b"x" * 6_000_000):
        finished = run("score", RUBRIC, "-", given=given)
        assert finished.returncode == 2
        assert finished.stderr.startswith(b"error: <stdin>")
        assert b"Traceback" not in finished.stderr


def test_results_and_messages_go_their_own_ways() -> None:
    finished = run("check", ANSWERS, RUBRIC)
    assert (finished.returncode, finished.stdout) == (0, b"")
    assert finished.stderr == b"no problems in 2 files; see 6 notes with --notes\n"
    assert run("score", RUBRIC, ANSWERS).stderr == b""


def test_a_pipe_gets_no_colours() -> None:
    assert b"\x1b" not in run("score", RUBRIC, ANSWERS, NO_COLOR="").stdout


def test_an_encoding_without_the_letters_gets_ascii() -> None:
    finished = run("score", RUBRIC, ANSWERS, PYTHONIOENCODING="ascii")
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert b"##" in finished.stdout
    assert finished.stdout.isascii()


def test_names_that_no_encoding_can_write() -> None:
    finished = run("show", os.fsdecode(b"\xff.yaml"), PYTHONIOENCODING="ascii")
    assert finished.returncode == 2
    assert b"Traceback" not in finished.stderr


def test_a_closed_pipe_is_quiet() -> None:
    with subprocess.Popen([*PROGRAM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interruption_is_quiet() -> None:
    command = [*PROGRAM, "score", RUBRIC, "-"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **streams) as process:  # type: ignore[call-overload]
        time.sleep(2)  # it waits for its input then
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in stderr


@pytest.mark.parametrize(("missing", "command"), [("click", "--help"), ("rich", "score")])
def test_without_the_extra_it_says_what_to_install(missing: str, command: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from humanai_maturity.cli import main\n"
        f"sys.argv = ['humanai-maturity', {command!r}, {RUBRIC!r}, {ANSWERS!r}]\n"
        "main()"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert finished.returncode == 2
    assert "pip install 'humanai-maturity[cli]'" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_help_is_quick() -> None:
    times = []
    for _ in range(3):
        before = os.times()
        assert run("--help").returncode == 0
        after = os.times()  # of computing: what else the machine does is not counted
        times.append(sum(after[2:4]) - sum(before[2:4]))
    assert min(times) < 0.5


def test_help_loads_neither_pydantic_nor_rich() -> None:
    code = (
        "import sys; from humanai_maturity.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "assert not {'pydantic', 'rich', 'yaml'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
