"""What a page is asked and what it answers, between Datasette and the functions that look things up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: parts of the path, the query's values, and how a path becomes a link."""

    parts: Mapping[str, str | None]
    query: Mapping[str, str]
    path: Callable[[str], str]

    def part(self, name: str) -> str:
        """A part of the path that the page's pattern always gives."""
        return self.parts[name] or ""

    def number(self, name: str) -> int:
        """A counting value of the query, 0 when it is none."""
        value = self.query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


@dataclass(frozen=True, slots=True)
class Page:
    """A template and what it shows."""

    template: str
    context: dict[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Body:
    """An answer that is no page."""

    text: str
    media_type: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redirect:
    """The thing lives at another of our paths."""

    path: str
