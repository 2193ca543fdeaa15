"""The Automated Readability Index, by its published formula."""

import pytest

from humanai_maturity.lint.readability import grade_of


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("", 0),
        ("A b c.", 0),
        # 12 words, 60 letters, 1 sentence: 4.71 x 5 + 0.5 x 12 - 21.43 = 8.12
        (" ".join(["abcde"] * 12) + ".", 9),
        # the same in two sentences: 4.71 x 5 + 0.5 x 6 - 21.43 = 5.12
        (" ".join(["abcde"] * 6) + ". " + " ".join(["abcde"] * 6) + ".", 6),
    ],
)
def test_the_formula(text: str, grade: int) -> None:
    assert grade_of(text) == grade


def test_longer_sentences_and_longer_words_are_harder() -> None:
    plain = "Everybody reads the list of systems. Everybody knows who keeps the list."
    assert (
        grade_of(plain)
        < grade_of(plain.replace(". Every", " and every"))
        < grade_of("Organisations institutionalise lists.")
    )
