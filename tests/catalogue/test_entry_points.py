"""What stands in the metadata of a distribution is judged without importing anything."""

import pickle
from pathlib import Path

import pytest

import humanai_maturity as hm
from humanai_maturity.catalogue.entry_points import entry_points, guarded, rubrics_of


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def bring(site: Path, value: str) -> hm.Plugin:
    """Install a distribution by its metadata alone, and return its plug-in."""
    info = site / "fake-1.5.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fake\nVersion: 1.5\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[humanai_maturity.rubrics]\nmine = {value}\n", encoding="utf-8")
    (plugin,) = (plugin for plugin in entry_points("rubrics") if plugin.distribution == "fake")
    return plugin


@pytest.mark.parametrize("value", ["no_such_package", "no.such:thing", "no_such : thing.made", "no_such [extra]"])
def test_what_names_a_module_is_found(site: Path, value: str) -> None:
    plugin = bring(site, value)
    assert (plugin.status, plugin.problem, plugin.version) == ("found", None, "1.5")
    with pytest.raises(hm.PluginError, match="ModuleNotFoundError"):
        rubrics_of(plugin)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("rubric.yaml", "'rubric.yaml' is a file: name the package that holds it"),
        ("data/rubric.json", "'data/rubric.json' is a file"),
        ("rubric.YML", "'rubric.YML' is a file"),
        ("my-package", "'my-package' names no module: write 'package', or 'module:attribute'"),
        ("package:", "'package:' names no module"),
        ("two words", "'two words' names no module"),
        ("1st", "'1st' names no module"),
    ],
)
def test_what_names_no_module_is_broken_before_anything_is_imported(site: Path, value: str, problem: str) -> None:
    plugin = bring(site, value)
    assert plugin.status == "broken"
    assert problem in str(plugin.problem)
    with pytest.raises(hm.PluginError, match=r"the plug-in .mine. of fake 1\.5 cannot be used"):
        rubrics_of(plugin)


def test_an_error_keeps_its_fields_on_its_way_to_another_process(site: Path) -> None:
    plugin = bring(site, "rubric.yaml")
    again = pickle.loads(pickle.dumps(plugin.error()))  # noqa: S301 - our own
    assert str(again) == str(plugin.error())
    assert (again.entry_point, again.distribution, again.version) == ("mine", "fake", "1.5")
    assert again.reason == plugin.problem


def test_whatever_a_plugin_raises_is_its_own_error_but_an_interruption_is_not(site: Path) -> None:
    plugin = bring(site, "no_such_package")

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(plugin, interrupted)
    with pytest.raises(hm.PluginError, match="ZeroDivisionError: "):
        guarded(plugin, lambda: 1 // 0)


def test_a_package_needs_no_init_file(site: Path) -> None:
    folder = site / "only_documents" / "tiny"
    folder.mkdir(parents=True)
    (folder / "rubric.yaml").write_text("id: tiny", encoding="utf-8")
    assert [*rubrics_of(bring(site, "only_documents"))] == ["tiny"]
