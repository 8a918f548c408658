"""Progress for people: on standard error, when it is a terminal, and nowhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tick = Callable[[str], None]


@contextmanager
def progress(what: str, silent: bool, total: int | None = None) -> Iterator[Tick]:
    """A function to call once for each item done, with its name; draws a bar only on a terminal."""
    if silent or not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.text import Text

    from archiver.cli.terminal import one_line

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def tick(name: str) -> None:
            # A name comes from outside: as plain text it can be neither markup nor an escape sequence.
            bar.update(task, advance=1, description=f"{what} {Text(one_line(name, 40)).markup}")

        yield tick
