"""The JSON-LD of a page as plain objects with the path that leads to each; broken scripts are repaired or left.

After JSON-LD 1.1 (W3C, 2020) as far as publishers use it: ``@graph``, arrays, references by ``@id``; no contexts
are fetched. Every walk is iterative and bounded, so that no script can hang or overflow a reader.
"""

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from archiver.text import whole_escapes

_MOST_SCRIPTS = 40
_LARGEST_SCRIPT = 2_000_000
_MOST_NODES = 4_000
_DEEPEST = 9
# What scripts are wrapped in so that old browsers or XML parsers let them pass.
_OPENERS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[", "//")
_CLOSERS = ("-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//", ";")
_TRAILING_COMMA = re.compile(r",(\s{0,200})([}\]])")
_ENTITY_QUOTE = re.compile(r"^\s{0,99}[\[{]\s{0,99}&(?:quot|#34);")

_SIGN = re.compile(r"\\.|[\"{}\[\]]", re.S)
_CLOSER_OF = {"{": "}", "[": "]"}
_MOST_FORGOTTEN = 3  # brackets; who forgot more wrote no JSON, or the page was cut
_MOST_BARE = 60  # quotes in strings
# What may follow a string: the colon of a key, an end, or a comma with the next key or item behind it.
_AFTER_MEMBER = re.compile(r'\s{0,99}(?::|[}\]]\s{0,99}(?:[,}\]]|\Z)|\Z|,\s{0,99}"[^"\s]{1,60}"\s{0,9}:)')
_AFTER_ITEM = re.compile(r'\s{0,99}(?:[}\]]\s{0,99}(?:[,}\]]|\Z)|\Z|,\s{0,99}["{\[\dtfn-])')

# Objects that hang below an article but are about something else.
_ELSEWHERE = frozenset(
    {
        "comment",
        "itemListElement",
        "hasPart",
        "isPartOf",
        "isBasedOn",
        "translationOfWork",
        "citation",
        "mentions",
        "review",
    }
)


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON object of a page: the ``path`` that leads to it (``$.author``) and its members.

    ``aside`` is True for objects below a property that leads away from the article (comments, list items).
    """

    path: str
    data: dict[str, Any]
    aside: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        """The names of its types without the schema.org prefix."""
        raw = self.data.get("@type")
        names = raw if isinstance(raw, list) else [raw]
        return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


@dataclass(frozen=True, slots=True)
class Graph:
    """Every object of a page in breadth-first order, and the index of those with an ``@id``."""

    nodes: tuple[Node, ...] = ()
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def resolve(self, value: Any) -> Any:
        """The object that a bare ``{"@id": ...}`` stands for, if the page holds it; else ``value`` itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.keys() - {"@id", "@type"}:
            return self.by_id.get(value["@id"], value)
        return value

    def items(self, value: Any) -> Iterator[Any]:
        """``value`` as a run of resolved values, whether it was one or a list of them."""
        for item in value[:50] if isinstance(value, list) else [value]:
            resolved = self.resolve(item)
            if isinstance(resolved, list):
                yield from resolved[:50]
            elif resolved is not None:
                yield resolved


def graph(tree: etree._Element) -> Graph:
    """All JSON-LD of the parsed page ``tree``. Never raises: scripts that no repair makes JSON are noted."""
    roots: list[Any] = []
    broken = repaired = 0
    for script in _scripts(tree):
        values, is_mended = _loads(script)
        broken += not values
        repaired += is_mended
        roots.extend(values)
    notes = _notes(broken, repaired)
    nodes = tuple(_walk(roots))
    by_id: dict[str, dict[str, Any]] = {}
    for node in nodes:
        name = node.data.get("@id")
        if isinstance(name, str) and len(node.data) > len(by_id.get(name, ())):
            by_id[name] = node.data
    return Graph(nodes, by_id, notes)


def _notes(broken: int, repaired: int) -> tuple[str, ...]:
    notes = []
    if broken:
        notes.append(f"{broken} JSON-LD script{'s' if broken > 1 else ''} could not be read")
    if repaired:
        scripts = "script is no JSON and was" if repaired == 1 else "scripts are no JSON and were"
        notes.append(f"{repaired} JSON-LD {scripts} read with quotes or brackets repaired")
    return tuple(notes)


def _scripts(tree: etree._Element) -> Iterator[str]:
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if text.strip() and len(text) <= _LARGEST_SCRIPT and count < _MOST_SCRIPTS:
            count += 1
            yield text


def _loads(script: str) -> tuple[list[Any], bool]:
    """The values in ``script`` and whether quotes or brackets had to be mended; [] when nothing helps."""
    bare = _unwrapped(whole_escapes(script))
    slips = _repaired(bare)
    for attempt in (bare, slips):
        values = _decode(attempt)
        if values:
            return values, False
    values = _decode(mended) if (mended := _mended(slips)) else []
    return values, bool(values)


def _unwrapped(script: str) -> str:
    script = script.strip().removeprefix("\ufeff")
    for opener in _OPENERS * 2:
        script = script.removeprefix(opener).lstrip()
    for closer in _CLOSERS * 2:
        script = script.removesuffix(closer).rstrip()
    return script


def _repaired(script: str) -> str:
    if _ENTITY_QUOTE.match(script):
        script = html.unescape(script)
    return _TRAILING_COMMA.sub(r"\1\2", script).rstrip("; \n\r\t")


def _mended(script: str) -> str | None:
    """``script`` with bare quotes inside strings escaped and a few forgotten brackets set; None: that is not enough.

    One pass: a quote ends a string when what follows it can follow a string there.
    """
    script = script.rstrip(", \t\r\n")
    out: list[str] = []
    open_ones: list[str] = []
    done = forgotten = escaped = 0
    inside = False
    for found in _SIGN.finditer(script):
        sign, at = found.group(), found.start()
        if sign == '"':
            if inside and not _ends_string(script, found.end(), in_list=open_ones[-1:] == ["]"]):
                out += (script[done:at], "\\")
                done = at
                escaped += 1
                if escaped > _MOST_BARE:
                    return None
            else:
                inside = not inside
        elif inside or len(sign) > 1:
            continue
        elif sign in _CLOSER_OF:
            open_ones.append(_CLOSER_OF[sign])
        else:
            while open_ones and open_ones[-1] != sign and forgotten < _MOST_FORGOTTEN:
                out += (script[done:at], open_ones.pop())
                done = at
                forgotten += 1
            if not open_ones or open_ones.pop() != sign:
                return None
    if inside or forgotten + len(open_ones) > _MOST_FORGOTTEN:
        return None
    return "".join((*out, script[done:], *reversed(open_ones)))


def _ends_string(script: str, after: int, *, in_list: bool) -> bool:
    """True where a quote that ends before ``after`` is followed by what follows a string: a sign, not words."""
    return (_AFTER_ITEM if in_list else _AFTER_MEMBER).match(script, after) is not None


def _decode(script: str) -> list[Any]:
    """One value, or several written one after the other."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = 0
    while position < len(script) and len(values) < _MOST_SCRIPTS:
        try:
            value, position = decoder.raw_decode(script, position)
        except (ValueError, RecursionError):
            return values
        values.append(value)
        while position < len(script) and script[position] in " \t\r\n,;":
            position += 1
    return values


def _walk(roots: list[Any]) -> Iterator[Node]:
    queue: deque[tuple[str, Any, int, bool]] = deque(("$", root, 0, False) for root in roots)
    count = 0
    while queue and count < _MOST_NODES:
        path, value, depth, aside = queue.popleft()
        if isinstance(value, dict):
            count += 1
            yield Node(path, value, aside)
            if depth < _DEEPEST:
                for key, item in value.items():
                    if isinstance(item, (dict, list)):
                        queue.append((f"{path}.{key[:40]}", item, depth + 1, aside or key in _ELSEWHERE))
        elif isinstance(value, list) and depth < _DEEPEST:
            single = len(value) == 1
            for index, item in enumerate(value[:500]):
                if isinstance(item, (dict, list)):
                    queue.append((path if single else f"{path}[{index}]", item, depth + 1, aside))
