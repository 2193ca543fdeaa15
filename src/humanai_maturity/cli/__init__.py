"""The command line: thin commands over the library. Needs the extra `cli`."""

import sys
from typing import NoReturn

from humanai_maturity.errors import MissingExtraError


def _without_click(**_: object) -> NoReturn:
    """Say what to install."""
    sys.stderr.write(f"error: {MissingExtraError('the command line', 'cli')}\n")
    sys.exit(2)


try:
    from humanai_maturity.cli.program import main
except ModuleNotFoundError as error:
    if error.name != "click":
        raise
    main = _without_click  # type: ignore[assignment]

__all__ = ["main"]
