"""What is read together has enough contrast, by the formula of WCAG 2.2."""

import pytest

from humanai_maturity.report.palette import DARK, LEVELS, LIGHT, RANGE_OPACITY

TEXT = [("ink", "paper"), ("muted", "paper"), ("sure", "paper"), ("on-sure", "sure")]
TEXT += [(f"on-level-{level}", f"level-{level}") for level in range(1, LEVELS + 1)]
DRAWN = [("edge", "paper"), ("sure", "paper"), ("alert", "paper")]
DRAWN += [(f"series-{place}", "paper") for place in range(1, 5)]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(palette: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), DRAWN)
def test_signs_can_be_seen(palette: dict[str, str], line: str, ground: str) -> None:
    assert contrast(palette[line], palette[ground]) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_ranges_can_be_seen_through_and_seen(palette: dict[str, str]) -> None:
    channels = [(int(palette["sure"][at : at + 2], 16), int(palette["paper"][at : at + 2], 16)) for at in (1, 3, 5)]
    blended = [round(RANGE_OPACITY * over + (1 - RANGE_OPACITY) * under) for over, under in channels]
    assert contrast("#" + "".join(f"{channel:02x}" for channel in blended), palette["paper"]) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_shades_go_one_way(palette: dict[str, str]) -> None:
    shades = [luminance(palette[f"level-{level}"]) for level in range(1, LEVELS + 1)]
    assert shades in (sorted(shades), sorted(shades, reverse=True))
    assert abs(shades[0] - luminance(palette["paper"])) < abs(shades[-1] - luminance(palette["paper"]))


def test_both_palettes_name_the_same() -> None:
    assert LIGHT.keys() == DARK.keys()
