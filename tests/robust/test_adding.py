"""What was odd enough to end an `add` is kept, audited and answered like everything else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archiver.cli import root

PROSE = "The ferry left the harbour on Monday and came back with all who had waited on the other side. " * 4


def _page(day: str, beside: str) -> str:
    return (
        f'<!doctype html><title>A ferry is back</title><meta property="article:published_time" content="{day}">'
        f'<article><h1>A ferry is back</h1><p class="date">{beside}</p><p>{PROSE}{day}</p></article>'
    )


@pytest.mark.parametrize("words", ["May 16th- 3025", "31 February 2024", "0000-00-00"])
def test_a_page_whose_date_moves_beside_an_impossible_one(words: str, tmp_path: Path) -> None:
    """The rule that looks for the earlier date on the newer page passes over words that name no day."""
    archive = ["--archive", str(tmp_path / "archive")]
    for number, day in enumerate(("2024-05-01", "2024-06-01")):
        file = tmp_path / f"{number}.html"
        file.write_text(_page(day, words))
        added = CliRunner().invoke(root, ["add", str(file), "--url", "https://news.example/a", *archive])
        assert added.exit_code == 0, added.output
    shown = CliRunner().invoke(root, ["audit", *archive])
    assert "moved from 2024-05-01 to 2024-06-01" in " ".join(shown.output.split())
