"""One Chromium for all that is looked at."""

from collections.abc import Iterator

import pytest
from browser import Browser, browser, executable


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if executable() is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with browser() as found:
        yield found
