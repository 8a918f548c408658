"""Every regular expression of the reading packages, found by looking into their modules and packaged tables.

A pattern is found wherever it is kept: as a global, inside tuples, lists, dictionaries and dataclasses, in what a
cached function without parameters answers (the packaged tables are loaded by such), or written out in a call of ``re``.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from types import ModuleType
from typing import Any, TypeAlias

from archiver.extract import residue
from archiver.outlets import default_registry

PACKAGES = ("archiver.formats", "archiver.extract", "archiver.attribution", "archiver.statements", "archiver.outlets")
SINGLE = ("archiver.text", "archiver.urls", "archiver.timepoint", "archiver.fetch.pages", "archiver.audit")
_DEEPEST = 6

AnyPattern: TypeAlias = "re.Pattern[str] | re.Pattern[bytes]"


@cache
def reading_modules() -> list[ModuleType]:
    """Every module that outside text passes through on its way to a record."""
    found = []
    for name in (*PACKAGES, *SINGLE):
        module = importlib.import_module(name)
        found.append(module)
        inside = pkgutil.walk_packages(getattr(module, "__path__", []), f"{name}.")
        found.extend(importlib.import_module(inner.name) for inner in inside)
    return found


def all_patterns() -> dict[str, AnyPattern]:
    """Name (module and place) and pattern, each pattern once, in the order in which modules stand."""
    seen: dict[tuple[Any, int], str] = {}
    found: dict[str, AnyPattern] = {}
    for module in reading_modules():
        for name, value in sorted(vars(module).items()):
            for place, pattern in _in(_answered(module, value), f"{module.__name__}.{name}", 0):
                key = (pattern.pattern, pattern.flags)
                if key not in seen:
                    seen[key] = place
                    found[place] = pattern
        found |= {at: each for at, each in _written_out(module) if (each.pattern, each.flags) not in seen}
    for language, lists in residue._lists().items():  # made for the language of a page when it is read
        found |= {f"{residue.__name__}[{language}][{kind}]": each for kind, each in residue._patterns(lists).items()}
    return found


def only_from_start(place: str) -> bool:
    """True for a global that is used with ``match`` and ``fullmatch`` alone: it is tried at one place a text."""
    module, _, name = place.rpartition(".")
    if module not in sys.modules or not name.isidentifier():
        return False
    used = re.findall(rf"\b{name}\.(\w{{1,20}})\(", _all_sources())
    handed_on = re.search(rf"\b{name}\b(?!\.\w|\s=)", _source(sys.modules[module]))
    return bool(used) and set(used) <= {"match", "fullmatch"} and not handed_on


@cache
def _all_sources() -> str:
    return "".join(map(_source, reading_modules()))


@cache
def _source(module: ModuleType) -> str:
    return inspect.getsource(module)


def _written_out(module: ModuleType) -> Iterator[tuple[str, AnyPattern]]:
    """Patterns in calls such as ``re.search(r"...", text)``; flags that a call adds are kept."""
    for node in ast.walk(ast.parse(_source(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr != "compile"
        if is_re and isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
            flags = re.I if "re.I" in ast.unparse(node) else 0
            yield f"{module.__name__}:{node.lineno}", re.compile(first.value, flags)


def _answered(module: ModuleType, value: Any) -> Any:
    """What a table-loading function answers; anything else is itself."""
    if (
        value is default_registry
        or not hasattr(value, "cache_info")
        or getattr(value, "__module__", "") != module.__name__
    ):
        return value
    signature = inspect.signature(value)
    free = all(each.default is not inspect.Parameter.empty for each in signature.parameters.values())
    return value() if free and signature.return_annotation is not str else None


def _in(value: Any, place: str, depth: int) -> Iterator[tuple[str, AnyPattern]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif depth == _DEEPEST or isinstance(value, str | bytes | int | type | ModuleType):
        return
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _in(inner, f"{place}[{key!r}]", depth + 1)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _in(inner, f"{place}[{number}]", depth + 1)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _in(getattr(value, each.name), f"{place}.{each.name}", depth + 1)
        for name, each in vars(type(value)).items():  # what is compiled when it is first asked for
            if isinstance(each, cached_property):
                yield from _in(getattr(value, name), f"{place}.{name}", depth + 1)
    elif hasattr(value, "__slots__") or hasattr(value, "__dict__"):
        names = [*getattr(value, "__slots__", ()), *getattr(value, "__dict__", {})]
        if type(value).__module__.startswith("archiver."):
            for name in names:
                yield from _in(getattr(value, name, None), f"{place}.{name}", depth + 1)
