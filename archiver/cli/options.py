"""The options that every command has, written once."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What every command was told: where the archive is and how to speak."""

    archive: Path
    json: bool
    quiet: bool
    no_color: bool


def common(function: F) -> F:
    """Add --archive, --json, --quiet and --no-color; the command gets them as one `Common` named ``told``."""

    def collected(*args: Any, archive: Path, as_json: bool, quiet: bool, no_color: bool, **rest: Any) -> Any:
        return function(*args, told=Common(archive, as_json, quiet, no_color), **rest)

    collected.__name__ = function.__name__
    collected.__doc__ = function.__doc__
    # click keeps the options that were declared so far on the function itself.
    collected.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    decorated: Any = collected
    for option in (
        click.option("--no-color", is_flag=True, help="No colours, as with NO_COLOR."),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no messages, only results and errors."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object a line on standard output."),
        click.option(
            "--archive",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path(),
            envvar="ARCHIVER_ARCHIVE",
            show_default="this folder",
            help="The archive's folder.  [env: ARCHIVER_ARCHIVE]",
        ),
    ):
        decorated = option(decorated)
    result: F = decorated
    return result


def key_folder(function: F) -> F:
    """Add --keys, where private keys lie; the command gets a path named ``keys``."""
    decorated: F = click.option(
        "--keys",
        type=click.Path(file_okay=False, path_type=Path),
        default=_key_folder,
        envvar="ARCHIVER_KEYS",
        show_default="~/.local/share/archiver/keys",
        help="The folder of private keys, outside of any archive.  [env: ARCHIVER_KEYS]",
    )(function)
    return decorated


def _key_folder() -> Path:
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "archiver" / "keys"


def example(*lines: str) -> str:
    """The examples at the foot of a help page."""
    return "\b\n" + "\n".join(["Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])
