"""`ask` as a person uses it, at a terminal, and with its input piped in."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from advised_rubrics import ADVISED

import humanai_maturity as hm

pytest.importorskip("click", reason="the extra `cli` is not installed")
pexpect = pytest.importorskip("pexpect")

PROGRAM = [sys.executable, "-m", "humanai_maturity"]
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
RUBRIC = ADVISED.replace("id: told,", "id: told, quick: true, allow_not_applicable: true, help: Try it.,", 1)
FIVE = "2\n\n0.6\n2\n50\n1 2\n\ny\n\nb\nn\n\n"
"""Answers to four questions: an option, a metric on seen evidence, a list, and one that is corrected."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "advised.rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    return tmp_path


def piped(folder: Path, typed: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "ask", "advised.rubric.yaml", *options],
        input=typed,
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=60,
    )


def person(folder: Path, *options: str) -> Any:
    return pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "ask", "advised.rubric.yaml", *options],
        cwd=str(folder),
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=20,
    )


def saved(folder: Path, name: str = "advised.answers.yaml") -> dict[str, Any]:
    assessment = hm.load_assessment(folder / name)
    hm.score(folder / "advised.rubric.yaml", assessment)
    return dict(assessment.answers)


def test_piped_answers_make_an_assessment_that_scores(folder: Path) -> None:
    done = piped(folder, FIVE)
    assert done.returncode == 0, done.stderr
    assert saved(folder) == {
        "owned": hm.Answer(value="some", evidence="said"),
        "fresh": hm.Answer(value=0.6, evidence="seen", sample=50),
        "trained": hm.Answer(value=["a", "b"], evidence="said"),
        "heard": hm.Answer(value=False, evidence="said"),
    }
    assert "4 of 6 are dealt with. Saved: advised.answers.yaml" in done.stderr
    assert "humanai-maturity score advised.rubric.yaml advised.answers.yaml" in done.stderr


def test_the_same_command_goes_on_where_it_ended(folder: Path) -> None:
    piped(folder, "2\n\n")
    done = piped(folder, "s\n2\n")
    assert "1 of them are dealt with" in done.stdout
    assert "[1 of 6]" not in done.stdout
    assert saved(folder)["fresh"] == hm.Unknown(unknown="pending")
    assert saved(folder)["owned"] == hm.Answer(value="some", evidence="said")


def test_a_line_that_is_no_answer_says_what_to_type(folder: Path) -> None:
    done = piped(folder, "9\nk\nna\n2\n\n")
    assert "! type a number from 1 to 3" in done.stdout
    assert "! there is no answer yet that could be kept" in done.stdout
    assert "! this always applies" in done.stdout
    assert list(saved(folder)) == ["owned"]


def test_an_answer_that_the_engine_refuses_is_asked_again(folder: Path) -> None:
    text = RUBRIC.replace("min_sample: 20", "min_sample: 20, maximum: 1")
    (folder / "advised.rubric.yaml").write_text(text, encoding="utf-8")
    done = piped(folder, "2\n\n7\n0.7\n\n\n")
    assert "! " in done.stdout
    assert saved(folder)["fresh"].value == hm.Answer(value=0.7).value


def test_not_applicable_wants_a_reason(folder: Path) -> None:
    done = piped(folder, "na\n\nna\nNo machine speaks\n", "--quick", "-o", "short.yaml")
    assert "! say in a few words why" in done.stdout
    assert saved(folder, "short.yaml") == {"told": hm.NotApplicable(not_applicable="No machine speaks")}


def test_nothing_is_saved_where_nothing_is_answered(folder: Path) -> None:
    done = piped(folder, "q\n")
    assert (done.returncode, "Nothing was answered" in done.stderr) == (0, True)
    assert not (folder / "advised.answers.yaml").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-o", "answers.csv"], "give answers.csv the ending .yaml"),
        (["-o", "missing/answers.yaml"], "cannot write missing/answers.yaml"),
        (["-o", "advised.rubric.yaml"], "this is a rubric"),
    ],
)
def test_a_file_that_cannot_take_the_answers(folder: Path, options: list[str], message: str) -> None:
    done = piped(folder, "2\n\n", *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_person_answers_with_help_and_back_and_stops_with_control_c(folder: Path) -> None:
    terminal = person(folder)
    terminal.expect_exact("Number, 1 to 3: ")
    terminal.sendline("?")
    terminal.expect_exact("Look at: The list of owners")
    terminal.expect_exact("Number, 1 to 3: ")
    terminal.sendline("3")
    terminal.expect_exact("What does that rest on? [1] ")
    terminal.sendline("?")
    terminal.expect_exact("seen")
    terminal.expect_exact("What does that rest on? [1] ")
    terminal.sendline("2")
    terminal.expect_exact("[2 of 6]")
    terminal.sendline("b")
    terminal.expect_exact("Answered before: all (seen). Type k to keep that.")
    terminal.sendline("k")
    terminal.expect_exact("[2 of 6]")
    terminal.expect_exact("Measured number: ")
    terminal.sendintr()
    terminal.expect_exact("1 of 6 are dealt with. Saved: advised.answers.yaml")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    assert saved(folder) == {"owned": hm.Answer(value="all", evidence="seen")}
    assert [path.name for path in folder.iterdir() if path.name.endswith(".part")] == []


def test_a_person_finishes_the_short_form(folder: Path) -> None:
    terminal = person(folder, "--quick")
    terminal.expect_exact("Are they told?")
    terminal.sendline("yes")
    terminal.expect_exact("What does that rest on?")
    terminal.sendline("")
    terminal.expect_exact("1 of 1 are dealt with.")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert saved(folder) == {"told": hm.Answer(value=True, evidence="said")}


def test_a_killed_session_keeps_every_answer_before(folder: Path) -> None:
    terminal = person(folder)
    terminal.expect_exact("Number, 1 to 3: ")
    terminal.sendline("2")
    terminal.expect_exact("What does that rest on?")
    terminal.sendline("")
    terminal.expect_exact("[2 of 6]")
    terminal.kill(signal.SIGKILL)
    terminal.expect(pexpect.EOF)
    assert list(saved(folder)) == ["owned"]


def test_a_rubrics_text_cannot_steer_the_terminal(folder: Path) -> None:
    text = RUBRIC.replace("question: Are they told?", 'question: "Told\\e[31m?"')
    (folder / "advised.rubric.yaml").write_text(text, encoding="utf-8")
    done = piped(folder, "y\n\n", "--quick")
    assert "\x1b" not in done.stdout
