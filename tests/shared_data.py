"""Where the development data lies, for tests that measure against it; they skip cleanly where it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="development data not beside the project")


def seeds() -> list[Path]:
    """The development text dumps, in order; empty where they are absent."""
    return sorted((SHARED / "seeds").glob("*.txt"))
