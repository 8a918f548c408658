"""The samples as the tests see them: the manifest, what is expected, and one Capture a page."""

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archiver.model import Capture, Grade

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
OUTLETS = SAMPLES / "outlets.toml"


def manifest() -> list[dict[str, Any]]:
    """The pages in the order in which they came."""
    pages: list[dict[str, Any]] = tomllib.loads((SAMPLES / "manifest.toml").read_text("utf-8"))["page"]
    return pages


def expected() -> dict[str, dict[str, Any]]:
    """What each page must and must not hold, by the number its file name begins with."""
    samples: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))["samples"]
    return samples


def capture_of(page: dict[str, Any]) -> Capture:
    """The page as `archiver add samples/manifest.toml` would capture it."""
    moment = page.get("captured_at")
    assert moment is None or isinstance(moment, datetime)
    return Capture(
        body=(SAMPLES / page["path"]).read_bytes(),
        grade=Grade.FILE,
        url=page.get("url"),
        captured_at=moment.astimezone(UTC) if moment else None,
        filename=Path(page["path"]).name,
    )


def captures() -> dict[str, Capture]:
    """Every sample as a capture, by number."""
    return {Path(page["path"]).name[:2]: capture_of(page) for page in manifest()}
