"""How hard a text is to read, by the Automated Readability Index.

Senter, R. J., and Smith, E. A. (1967): Automated Readability Index. AMRL-TR-66-220, Aerospace Medical Research
Laboratories. It counts letters, words and sentences, so it needs no dictionary and no syllables:
4.71 x letters per word + 0.5 x words per sentence - 21.43, about the years of school that a reader needs.
"""

from fractions import Fraction
from math import ceil
from re import compile as pattern

_SENTENCE_END = pattern(r"[.!?:;]+(?:\s|$)")
_PER_LETTER, _PER_WORD, _LESS = Fraction("4.71"), Fraction("0.5"), Fraction("21.43")


def grade_of(text: str) -> int:
    """Return about how many years of school a text takes to read, rounded up; at least 0.

    Example:
        >>> grade_of("A named owner is told. She repairs it within a day.")
        0
        >>> grade_of("Organisational responsibilities are systematically institutionalised across departments.")
        37
    """
    words = text.split()
    letters = sum(letter.isalnum() for letter in text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    if not words:
        return 0
    index = _PER_LETTER * Fraction(letters, len(words)) + _PER_WORD * Fraction(len(words), sentences) - _LESS
    return max(0, ceil(index))
