"""An archive of two pages and a folder of keys, for tests of keys, seals, witnesses and timestamps."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archiver.jobs.add import Options, add
from archiver.jobs.targets import Given, Target

NAME = "archive.example/press"
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def keep(folder: Path, *texts: str) -> None:
    """Add a text file each to the archive in ``folder``."""
    given = []
    for number, text in enumerate(texts):
        path = folder.parent / f"{folder.name}-{number}.txt"
        path.write_text(f"Home\n\n{text}\n\nBy Ana Novak\n\nThe council said on Monday that {text} goes on.\n")
        given.append(Target(str(path), Given(), path=path))
    assert not [one.reason for one in add(folder, given, Options(), clock=Clock()) if one.failed]
