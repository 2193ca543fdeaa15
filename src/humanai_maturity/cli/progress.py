"""How far a long run is: a bar on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(*, shown: bool) -> Iterator[Callable[[int, int | None], None]]:
    """Show a bar while a run lasts; what is yielded is told how many rows are done, and of how many."""
    if not shown:
        yield lambda _, __: None
        return
    from rich.console import Console  # noqa: PLC0415 - it loads slowly
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - same

    rows = TextColumn("{task.completed:,} rows")
    columns = (BarColumn(), rows, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
