"""The command line: thin commands over the library. Needs the extra `cli`."""

import sys
from typing import NoReturn

from humanai_maturity.errors import MissingExtraError

try:
    from humanai_maturity.cli.program import main
except ModuleNotFoundError as error:
    if error.name != "click":
        raise

    def main(**_: object) -> NoReturn:  # type: ignore[misc]
        """Say what to install."""
        sys.stderr.write(f"error: {MissingExtraError('the command line', 'cli')}\n")
        sys.exit(2)


__all__ = ["main"]
