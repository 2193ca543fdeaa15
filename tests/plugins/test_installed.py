"""Plug-ins as users meet them: installed by pip, found by their entry points, and broken in every way."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sys.executable).with_name("humanai-maturity")
PACKAGES = ("data_only", "with_code", "broken_plugin", "clash_one", "clash_other")
CATCH = """
def caught(call):
    try:
        return call()
    except hm.MaturityError as error:
        return error
"""

Run = Callable[[str], str]


@pytest.fixture(scope="module")
def command(environment: dict[str, str]) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
        finished = subprocess.run(
            [COMMAND, *arguments], capture_output=True, check=False, env=environment, encoding="utf-8"
        )
        assert "Traceback" not in finished.stderr
        return finished

    return command


@pytest.fixture(scope="module")
def loaded(command: Callable[..., Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """All plug-ins after they were loaded, by kind, name and distribution."""
    finished = command("plugins", "--load", "--format", "json")
    assert finished.returncode == 1
    return {(each["kind"], each["name"], each["distribution"]): each for each in json.loads(finished.stdout)}


def test_plugins_are_listed_with_distribution_and_version_and_nothing_is_imported(run: Run) -> None:
    listed = run(f"""
import sys
for plugin in hm.list_plugins():
    print(plugin.kind, plugin.name, plugin.distribution, plugin.version, plugin.status)
print([name for name in {PACKAGES} if name in sys.modules])
""").splitlines()
    assert "rubrics handoff data-only 1.2.0 found" in listed
    assert "measures share-of-days with-code 0.3.0 found" in listed
    assert "aggregators midrange with-code 0.3.0 found" in listed
    assert listed[-1] == "[]"


def test_what_is_wrong_for_certain_is_told_without_loading(command: Callable[..., Any]) -> None:
    finished = command("plugins")
    assert finished.returncode == 1
    assert "'rubric.yaml' is a file: name the package that holds it" in finished.stdout
    assert "the plug-in 'twice' of clash-other 1.0.0 has the same name" in finished.stdout
    assert "broken_plugin.fails:rubric\n" in finished.stdout
    assert "licence" not in finished.stdout


@pytest.mark.parametrize(
    ("name", "provides"),
    [
        (("rubrics", "handoff", "data-only"), ["handoff", "narrow", "refunds", "returns"]),
        (("rubrics", "shifts", "with-code"), ["shifts", "night-shifts"]),
        (("measures", "share-of-days", "with-code"), ["share-of-days"]),
        (("aggregators", "midrange", "with-code"), ["midrange"]),
    ],
)
def test_what_works_says_what_it_brings(loaded: Any, name: tuple[str, str, str], provides: list[str]) -> None:
    assert (loaded[name]["status"], loaded[name]["problem"]) == ("loaded", None)
    assert loaded[name]["provides"] == provides


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [
        ("rubrics", "as-file", "'rubric.yaml' is a file: name the package that holds it, such as 'my_rubrics'"),
        ("rubrics", "as-nothing", "ModuleNotFoundError: No module named 'no_such_package'"),
        ("rubrics", "as-empty", "the package broken_plugin.empty holds no ID.rubric.yaml"),
        ("rubrics", "as-module", "broken_plugin.plain is a single module"),
        ("rubrics", "as-list", "nothing returned nothing: return a Rubric"),
        ("rubrics", "as-texts", "texts returned 'a rubric' where a Rubric belongs"),
        ("rubrics", "as-exit", "SystemExit: no licence"),
        ("rubrics", "as-error", "RuntimeError: the licence has run out"),
        ("rubrics", "as-document", "error[yaml-syntax]"),
        ("measures", "undeclared", "put `@humanai_maturity.measure(...)` over a function"),
        ("measures", "misnamed", "declared with the name 'named': give the entry point the same name"),
        ("measures", "without", "name the measure in the module"),
        ("aggregators", "missing", "has no attribute 'no_such_name'"),
    ],
)
def test_what_is_broken_says_why(loaded: Any, kind: str, name: str, problem: str) -> None:
    found = loaded[kind, name, "broken"]
    assert found["status"] == "broken"
    assert problem in found["problem"]


def test_what_clashes_names_the_other(loaded: Any) -> None:
    assert (
        "the plug-in 'clash-other' of clash-other 1.0.0 brings twice"
        in (loaded["rubrics", "clash-one", "clash-one"]["problem"])
    )
    taken = loaded["rubrics", "clash-other", "clash-other"]
    assert taken["status"] == "clash"
    assert "ai-human-cx comes with humanai-maturity and cannot be replaced" in taken["problem"]


def test_a_package_of_documents_needs_no_code(run: Run) -> None:
    assert run("print(*(hm.load_rubric(id_).title for id_ in ('handoff', 'returns', 'refunds')), sep='; ')") == (
        "From machine to person; Sending something back; Where is my refund?"
    )


def test_a_package_may_bring_an_overlay_of_a_rubric(run: Run) -> None:
    told = run(
        "overlay = hm.load_rubric('narrow'); print(overlay.title, len(overlay.dimensions), overlay.stages[0].id)"
    )
    assert told == "Handoff, in another word 1 open"


def test_a_rubric_is_scored_with_the_measure_and_the_aggregator_that_it_names(run: Run) -> None:
    """Two and four of five days are 0.4 and 0.8, and halfway between them is the cut."""
    answers = {"reviewed": ["Mon", "Tue"], "staffed": ["Mon", "Tue", "Wed", "Thu"]}
    assert run(f"card = hm.score('shifts', {answers}); print(card['overall'].exact.score, card.stage.id)") == "3/5 most"


def test_a_measure_refuses_an_answer_as_a_scale_does(run: Run) -> None:
    message = run(CATCH + "print(caught(lambda: hm.score('shifts', {'reviewed': 'Mon'})))")
    assert "error[refused-by-measure] answers.reviewed: list the days, such as [Mon, Tue]" in message


def test_a_broken_plugin_raises_when_it_is_asked_for(run: Run) -> None:
    told = run(
        CATCH + "e = caught(lambda: hm.load_rubric('as-error'))\n"
        "print(type(e).__name__, e.entry_point, e.distribution, e.version, e.reason, sep='; ')"
    )
    assert told == "PluginError; as-error; broken; 2.0.0; RuntimeError: the licence has run out"


def test_a_broken_plugin_may_be_why_something_is_not_found(run: Run) -> None:
    message = run(CATCH + "print(caught(lambda: hm.load_rubric('handof')))")
    assert "did you mean 'handoff'?" in message
    assert "the plug-in 'as-error' of broken 2.0.0 may bring it" in message


def test_two_plugins_with_one_id_are_both_named(run: Run) -> None:
    message = run(CATCH + "print(caught(lambda: hm.load_rubric('twice')))")
    assert "'clash-one' of clash-one 1.0.0" in message
    assert "'clash-other' of clash-other 1.0.0" in message
    assert run("print(hm.load_rubric('only-here').title)") == "Only here"
    message = run(CATCH + "print(caught(lambda: hm.Catalogue().measure('twice')))")
    assert "'twice' of clash-one 1.0.0" in message
    assert "'twice' of clash-other 1.0.0" in message


def test_what_comes_with_the_library_cannot_be_taken_over(run: Run) -> None:
    listed = "[listed.source for listed in hm.list_rubrics() if listed.id == 'ai-human-cx']"
    assert run(f"print(hm.load_rubric('ai-human-cx').title != 'A taken name', len({listed}))") == "True 1"


def test_a_built_in_rubric_loads_without_looking_at_plugins(run: Run) -> None:
    code = f"import sys; hm.score('ai-human-cx', {{}}); print([name for name in sys.modules if name in {PACKAGES}])"
    assert run(code) == "[]"


def test_a_stage_does_not_rest_on_an_aggregator_that_is_not_monotone(run: Run) -> None:
    code = """
rubric = hm.load_rubric("shifts")
other = rubric.model_copy(update={"score": rubric.score.model_copy(update={"name": "spread"})})
print(caught(lambda: hm.score(other, {})))
"""
    message = run(CATCH + code)
    assert "error[not-monotone] stage: a stage rests here on the aggregator 'spread'" in message
    assert "or let the stage rest on a quorum" in message


def test_what_is_registered_does_not_replace_a_plugin(run: Run) -> None:
    code = """
catalogue = hm.Catalogue()
catalogue.register(hm.Catalogue().aggregator("midrange"))
print(caught(lambda: catalogue.aggregator("midrange")))
print(hm.Catalogue(installed=False).list_plugins(load=True))
"""
    first, second = run(CATCH + code).splitlines()
    assert "what is registered and in the plug-in 'midrange' of with-code 0.3.0" in first
    assert second == "()"


def test_the_list_shows_what_works_and_complains_of_the_rest(command: Callable[..., Any]) -> None:
    finished = command("list")
    assert finished.returncode == 0
    assert "night-shifts  1.0.0  Shifts" in finished.stdout
    assert "the plug-in 'as-exit' of broken 2.0.0: SystemExit: no licence" in finished.stderr


def test_commands_take_the_rubrics_of_plugins(command: Callable[..., Any]) -> None:
    assert "From machine to person" in command("show", "handoff").stdout
    assert command("show", "as-error").returncode == 2
