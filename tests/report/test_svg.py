"""Drawings hold text that is escaped, measured and wrapped."""

import xml.etree.ElementTree as ET

import pytest

from humanai_maturity.report.svg import Fragment, breakable, element, hatching, lines, picture, width_of, wrap


def test_text_and_attributes_are_escaped_and_fragments_are_not() -> None:
    inner = element("b", "<script>", title='"><script>')
    text = element("a", inner, "&")
    assert text == '<a><b title="&quot;&gt;&lt;script&gt;">&lt;script&gt;</b>&amp;</a>'
    assert isinstance(text, Fragment)


def test_a_picture_says_what_it_shows() -> None:
    drawn = ET.fromstring(picture(10, 5.2, 'It\'s <1> & "2"', element("g")))  # noqa: S314 - our own
    assert drawn.get("aria-label") == 'It\'s <1> & "2"'
    assert (drawn.get("role"), drawn.get("viewBox")) == ("img", "0 0 10 6")


@pytest.mark.parametrize(
    "text", ["one two three", "Unbreakable" * 9, "日本語の長いラベルです" * 3, "a " * 50, "👩🏽\u200d💻" * 12]
)
def test_every_line_fits_and_nothing_is_lost(text: str) -> None:
    wrapped = wrap(text, 60, 12)
    assert all(width_of(line, 12) <= 60 for line in wrapped)
    assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")


def test_letters_that_belong_together_stay_together() -> None:
    family = "👩🏽\u200d💻"
    assert all(line.replace(family, "") == "" for line in wrap(family * 12, 60, 12))
    assert all(not line.startswith("\u0301") for line in wrap("e\u0301" * 40, 40, 12))


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 60, 12) == [""]


def test_wide_letters_count_more() -> None:
    assert width_of("iii", 10) < width_of("aaa", 10) < width_of("WWW", 10) < width_of("日本語", 10)


def test_lines_after_the_first_stand_below_it() -> None:
    text = lines(["one", "two"], 3, 12, 10, fill="red")
    assert text == '<text x="3" y="12" font-size="10" fill="red">one<tspan x="3" dy="13">two</tspan></text>'


def test_a_hatching_stays_inside_its_box() -> None:
    numbers = [
        float(part) for line in hatching(10, 20, 30, 8).split("M")[1:] for part in line.replace("L", " ").split()
    ]
    assert all(10 <= x <= 40 for x in numbers[::2])
    assert all(20 <= y <= 28 for y in numbers[1::2])


def test_words_that_no_line_can_hold_may_be_broken() -> None:
    assert breakable("a" * 28) == "a" * 28
    assert breakable(f"<b> {'x' * 30}") == f"&lt;b&gt; {'x' * 14}<wbr>{'x' * 14}<wbr>xx"
    assert breakable(Fragment("<b>" + "x" * 99)) == "<b>" + "x" * 99
    assert breakable(7) == 7
