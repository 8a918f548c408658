"""An empty archive, and one with a little of everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.model import Outcome
from archiver.store.archive import Archive
from tests.store.helpers import audit, failed, fetched, given, later, read


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A fresh, empty archive."""
    with Archive.open(tmp_path / "archive", create=True) as opened:
        yield opened


def fill(archive: Archive) -> None:
    """Three batches: files, fetches of A, B and A again, failures."""
    with archive.writer(read, audit) as writer:
        writer.commit(
            [
                given("Title: Şuşa yolu\nOutlet: Xəbər | xeber.example\nPublished: 2024-05-01\nƏliyev Şuşaya getdi.\n"),
                given(
                    "Title: The road\nOrigin: translation Xəbər xeber.example https://xeber.example/1\nBy Aliyev.\n#",
                    url="https://road.example/2",
                    name="two.txt",
                ),
            ]
        )
        writer.commit([fetched(b"Title: Third\nPublished: 2025-01\nBody one.", "ETag: one", at=later(1))])
        writer.commit(
            [
                fetched(b"Title: Third\nPublished: 2025-01\nBody two.", at=later(2)),
                fetched(b"Title: Third\nPublished: 2025-01\nBody one.", at=later(3)),
                failed(Outcome.NOT_FOUND, "HTTP 404", at=later(4)),
                failed(Outcome.DNS, "no such host", url="https://nowhere.example/", at=later(5)),
            ]
        )


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive with five articles' worth of files, fetches and failures."""
    fill(archive)
    return archive
