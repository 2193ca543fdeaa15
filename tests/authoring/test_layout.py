"""The one layout of documents: the same meaning, every comment at its place, and nothing left to do the second time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import rubrics

from humanai_maturity.authoring import layout
from humanai_maturity.authoring.layout import WIDTH, laid_out
from humanai_maturity.documents.canonical import digest, dump_rubric
from humanai_maturity.documents.read import parse_rubric
from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import Places, compose
from humanai_maturity.errors import MaturityError, RubricSyntaxError

ROOT = Path(__file__).parents[2]
Place: TypeAlias = tuple[str | int, ...]

LAYOUTS: dict[str, tuple[str, str]] = {
    "blanks": ("a:    1\nb:   [x,y ,  z]\nc: {  d: e}\n", "a: 1\nb: [x, y, z]\nc: {d: e}\n"),
    "indentation": ("a:\n- b\n-    c: 1\n     d: 2\n", "a:\n  - b\n  - c: 1\n    d: 2\n"),
    "lists-of-lists": ("a:\n-\n  -   b\n  - c\n", "a:\n  - - b\n    - c\n"),
    "blank-lines": ("\n\na: 1\n\n\n\nb: 2\nc:\n\n  - 1\n\n\n  - 2\n\n\n", "a: 1\n\nb: 2\nc:\n  - 1\n\n  - 2\n"),
    "quotation-marks": (
        """'a': "x"\nb: 'No'\nc: "1.10"\nd: 'it''s'\ne: "tab\\t"\nf: 'a: b'\ng: ['a', "b, c"]\nh: '"'\ni: ''\n""",
        """a: x\nb: "No"\nc: "1.10"\nd: it's\ne: "tab\\t"\nf: "a: b"\ng: [a, "b, c"]\nh: '"'\ni: ""\n""",
    ),
    "spelling": ("a: 1.10\nb: 0x1F\nc: ~\nd:\ne: No\nf: .5\n", "a: 1.10\nb: 0x1F\nc: ~\nd:\ne: No\nf: .5\n"),
    "comments": (
        "#first\na: 1 # aside\n# before\nb: # of b\n    # of c\n    - c # aside of c\n    # end of b\n#end\n",
        "#first\na: 1  # aside\n# before\nb:  # of b\n  # of c\n  - c  # aside of c\n  # end of b\n#end\n",
    ),
    "comments-in-brackets": ("a: [1, # one\n  {b: 2}] # two\n", "a:\n  - 1  # one\n  - {b: 2}  # two\n"),
    "comments-behind-dashes": (
        "a:\n- # of b\n  b: 1\n-\n  # of c\n  c: 2\n",
        "a:\n  # of b\n  - b: 1\n  # of c\n  - c: 2\n",
    ),
    "not-comments": ("a: b#c\nd: 'e # f'\ng: |\n  h # i\n", 'a: b#c\nd: "e # f"\ng: |\n  h # i\n'),
    "literal": ("a: |\n      b\n\n        c\n\n\nd: 1\n", "a: |\n  b\n\n    c\n\nd: 1\n"),
    "folded": ("a: >-  # aside\n    One.\n    Two.\nb: 1\n", "a: >-  # aside\n  One.\n  Two.\nb: 1\n"),
    "kept-breaks": ("a: |+\n  b\n\n\nc: 1\n", 'a: "b\\n\\n\\n"\n\nc: 1\n'),
    "several-lines": ("a: one\n   two\nb: 'three\n   four'\n", "a: one two\nb: three four\n"),
    "several-paragraphs": ('a: "one\n\n   two"\n', "a: >-\n  one\n\n  two\n"),
    "anchors": ("a: &x {b:  1}\nc:  *x\nd:\n - &y\n    e: 1\n", "a: &x {b: 1}\nc: *x\nd:\n  - &y\n    e: 1\n"),
    "marks-of-a-document": ("%YAML 1.2\n---\na: 1\n...\n", "a: 1\n"),
    "line-breaks": ("a: 1\r\n# b\r\nc: |\r\n  d\r\n  e\r\n", "a: 1\n# b\nc: |\n  d\n  e\n"),
    "letters": ("ü: 'ß 😀'  # é\n😀: 1\n", "ü: ß 😀  # é\n😀: 1\n"),
    "odd-letters": ('a: "b\\u2028c"\n', 'a: "b\\u2028c"\n'),
    "empty": ("a: {}\nb: []\nc: ''\nd: >-\n", 'a: {}\nb: []\nc: ""\nd: ""\n'),
    "question-marks": ("? a\n: b\n", "a: b\n"),
    "a-list": ("- a\n-   b\n", "- a\n- b\n"),
    "a-text": ("'a'\n# b\n", "a\n# b\n"),
    "nothing": ("---\n# a\n", "null\n# a\n"),
    "a-text-of-several-lines": ("|\n a\n b\n", "|\n  a\n  b\n"),
}


@pytest.fixture(params=["CBaseLoader", "BaseLoader"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use each of PyYAML's two parsers, of which the fast one is not there everywhere."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without its fast parser")
    monkeypatch.setattr("humanai_maturity.authoring.tree._LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout(name: str) -> None:
    before, after = LAYOUTS[name]
    assert laid_out(before) == after
    assert laid_out(after) == after


LONG = "word " * 30


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"a: {LONG}", ["a: >-", f"  {'word ' * 22}word", f"  {'word ' * 6}word"]),
        (f"a: [{', '.join(LONG.split())}, {{b: 1}}]", ["a:", *["  - word"] * 30, "  - {b: 1}"]),
        (f"a: {'x' * 200}", [f"a: {'x' * 200}"]),
        (f"a: '{LONG}  two blanks'", [f"a: {LONG}  two blanks"]),
        (
            f"- {{a: {LONG}, b: 1}}  # c",
            ["# c", "- a: >-", f"    {'word ' * 22}word", f"    {'word ' * 6}word", "  b: 1"],
        ),
    ],
)
def test_what_does_not_fit_into_a_line(before: str, after: list[str]) -> None:
    assert laid_out(before).splitlines() == after
    assert laid_out(laid_out(before)) == laid_out(before)


@pytest.mark.parametrize(
    "path",
    sorted([*ROOT.glob("rubrics/*/*.yaml"), *ROOT.glob("tests/documents/valid/*.yaml")]),
    ids=lambda path: path.name,
)
def test_real_documents_keep_their_meaning(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    after = laid_out(text)
    assert laid_out(after) == after
    assert max(map(len, after.splitlines())) <= WIDTH
    if "dimensions:" in text:
        assert digest(parse_rubric(after)) == digest(parse_rubric(text))


def test_the_bundled_documents_are_laid_out() -> None:
    for path in ROOT.glob("rubrics/*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert laid_out(text) == text


@pytest.mark.parametrize("text", ["", "a: [", "a: 1\na: 2", "a: !x 1", "a: &b [*b]", "\0"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(MaturityError):
        laid_out(text, "r.yaml")


def test_a_changed_meaning_never_gets_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_document", lambda _root: ["a: 1.0"])
    with pytest.raises(RubricSyntaxError, match=r"error\[layout\] this cannot be laid out"):
        laid_out("a: 1")


# Random documents with comments, written in a random way


@dataclass
class Writer:
    """Write plain data as YAML in any way that an author may, with comments that say where they belong."""

    draw: st.DrawFn
    comments: list[str] = field(default_factory=list)

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def remark(self, kind: str, path: Place) -> str:
        self.comments.append(f"# {kind} {'/'.join(map(str, path))}")
        return self.comments[-1]

    def block(self, data: Any, margin: int, path: Place) -> Iterator[str]:
        blanks = " " * margin
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            here = (*path, key)
            yield from [""] * self.draw(st.sampled_from([0, 0, 0, 1, 3]))
            if self.chance(5):
                yield blanks + self.remark("before", here)
            head = f"{blanks}{key}:" if isinstance(data, dict) else f"{blanks}-"
            yield from self.value(head, value, margin, here)
        if self.chance(6) and path:
            yield blanks + self.remark("end", path)

    def value(self, head: str, value: Any, margin: int, path: Place) -> Iterator[str]:
        gap = " " * self.draw(st.integers(1, 3))
        aside = f" {self.remark('aside', path)}" if self.chance(6) else ""
        if not isinstance(value, dict | list) or not value or self.chance(3):
            yield f"{head}{gap}{self.flow(value)}{aside}"
            return
        step = self.draw(st.integers(1, 4))
        yield f"{head}{aside}"
        yield from self.block(value, margin + step, path)

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(each)}" for key, each in value.items()) + "}"
        if isinstance(value, list):
            return "[" + " ,".join(map(self.flow, value)) + "]"
        return self.draw(st.sampled_from(ways_to_write(value)))


def ways_to_write(value: Any) -> list[str]:
    if not isinstance(value, str):
        return [yaml.safe_dump(value).splitlines()[0]]
    quoted = [f'"{value}"', f"'{value}'"]
    return quoted if value.replace(".", "").replace("/", "").isdigit() or value == "No" else [value, *quoted]


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    rubric = draw(rubrics())
    data = yaml.safe_load(dump_rubric(rubric))
    data["version"] = str(data["version"])
    data["description"] = "Several words: with a colon, a comma and # no comment"
    writer = Writer(draw)
    plain = {**data, "description": "X", "version": "1"}
    text = "\n".join(writer.block(plain, 0, ())) + "\n"
    return text, digest(parse_rubric(text)), writer.comments


@given(written())
def test_random_documents_keep_their_meaning_and_their_comments(drawn: tuple[str, str, list[str]]) -> None:
    """The digest stays, every comment is still beside what it speaks of, and a second time changes nothing."""
    text, expected, comments = drawn
    after = laid_out(text)
    assert digest(parse_rubric(after)) == expected
    assert laid_out(after) == after
    lines = after.splitlines()
    assert sorted(line[line.index("# ") :] for line in lines if "# " in line) == sorted(comments)
    places = Places(compose(Source(after)))
    for number, line in enumerate(lines, 1):
        if "# " in line:
            check_place(line, number, lines, places)


def check_place(line: str, number: int, lines: list[str], places: Places) -> None:
    kind, _, name = line[line.index("# ") + 2 :].partition(" ")
    path = tuple(int(part) if part.isdigit() else part for part in name.split("/"))
    content = [n for n, each in enumerate(lines, 1) if each.strip() and each.strip()[0] != "#"]
    following = next((n for n in content if n > number), None)
    at = places(path, of_key=True)
    if kind == "end":
        last = max(n for n in content if n < number)
        assert places((*path, *last_inside(places, path)), of_key=True).line <= last
        assert indentation(line) >= at.column - 1
        assert following is None or indentation(lines[following - 1]) < indentation(line)
    elif line.strip().startswith("#"):
        assert following == at.line, line
    else:
        assert (kind, number) == ("aside", at.line), line


def last_inside(places: Places, path: Place) -> Place:
    """Return the way from a place to the last value that is in it, as far as keys go."""
    node = places.root
    for part in path:
        pairs = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else node.value
        node = pairs[part]
    return (len(node.value) - 1,) if isinstance(node, yaml.SequenceNode) else (node.value[-1][0].value,)


def indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
