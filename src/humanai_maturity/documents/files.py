"""Files: the bytes of one that should hold a document, and a new one that takes an old one's place."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike, getpid
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from humanai_maturity.documents.source import LIMITS
from humanai_maturity.errors import MaturityError, RubricNotFoundError, RubricSyntaxError, near_miss

_MOST_NAMES = 1000


def content_of(
    path: str | PathLike[str],
    *,
    missing: type[MaturityError] = RubricNotFoundError,
    wrong: type[MaturityError] = RubricSyntaxError,
) -> bytes:
    """Return the bytes of a document.

    Args:
        path: The file.
        missing: What to raise where there is no such file.
        wrong: What to raise where it cannot be opened, is too large, or is no regular file.

    Example:
        >>> content_of("missing.yaml")
        Traceback (most recent call last):
        humanai_maturity.errors.RubricNotFoundError: there is no file missing.yaml
    """
    file = Path(path)
    limit = LIMITS.size
    try:
        status = file.stat()
        kind, size = status.st_mode, status.st_size
        content = b"" if size > limit or not S_ISREG(kind) else _head(file, limit + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise missing(f"there is no file {file}{_suggestion(file)}") from None
    except OSError as error:
        raise wrong(f"{file} cannot be read: {error.strerror}") from None
    if not S_ISREG(kind):
        raise wrong(f"{file} is {'a folder: name a file in it' if S_ISDIR(kind) else 'not a regular file'}")
    if max(size, len(content)) > limit:
        raise wrong(f"{file} is larger than {limit:,} bytes: this is no rubric or assessment")
    return content


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a new file beside a target to write to, which takes the target's place if nothing goes wrong.

    Args:
        target: The file that is to hold what is written: all of it, or what it held before.

    Raises:
        OSError: If the target is a folder, or cannot be written.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     result = Path(folder) / "result.txt"
        ...     with new_file(result) as file:
        ...         _ = file.write_text("done")
        ...     result.read_text()
        'done'
    """
    target = target.resolve()
    temporary = target.with_name(f".{target.name}.{getpid()}.part")
    temporary.open("xb").close()
    try:
        if target.exists():
            temporary.chmod(target.stat().st_mode)
        yield temporary
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _suggestion(path: Path) -> str:
    try:
        names = [each.name for each, _ in zip(path.parent.iterdir(), range(_MOST_NAMES), strict=False)]
    except (OSError, ValueError):
        return ""
    close = near_miss(path.name, names)
    return f" (did you mean {str(path.with_name(close))!r}?)" if close else ""
