"""A new file takes an old one's place, all of it or nothing."""

import os
from pathlib import Path

import pytest

from humanai_maturity.documents.files import new_file


def test_what_goes_wrong_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    with pytest.raises(TypeError), new_file(target) as file:
        file.write_text(None)  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert [*tmp_path.iterdir()] == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions, and links only for some")
def test_the_new_file_is_where_the_old_one_was_and_open_to_the_same_people(tmp_path: Path) -> None:
    target, link = tmp_path / "out.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    with new_file(link) as file:
        file.write_text("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_is_begun_only_once(tmp_path: Path) -> None:
    with new_file(tmp_path / "out.txt"), pytest.raises(FileExistsError), new_file(tmp_path / "out.txt"):
        pass
