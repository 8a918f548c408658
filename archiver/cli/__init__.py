"""Commands: read options, call a job, print. `archiver --help` imports nothing but click.

Each command lives in a module of its own and is imported when it is run; its one-line help stands in
``COMMANDS`` so that the overview costs no import (a test compares the two).
"""

import errno
import importlib
import os
import sys

import click

from archiver import __version__
from archiver.errors import ArchiverError

# section -> command -> (module, one line). The order is the order of the help page.
COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Keep": {
        "add": ("archiver.cli.add", "Keep pages: addresses, files, folders, or a list on standard input."),
        "demo": ("archiver.cli.demo", "Build an archive from the sample pages, and audit it."),
        "reread": ("archiver.cli.reread", "Read again with today's rules, and show what they read otherwise."),
        "rebuild": ("archiver.cli.rebuild", "Make archive.db again from snapshots/ alone."),
    },
    "Look": {
        "read": ("archiver.cli.read", "Read without keeping: what would be recorded, and on which words."),
        "list": ("archiver.cli.list", "List the articles that are held."),
        "search": ("archiver.cli.search", "Find words in titles and texts, in any script and spelling."),
        "show": ("archiver.cli.show", "Show one article: every value with the words it rests on."),
        "history": ("archiver.cli.history", "Show an article's life: captures, versions, failures."),
        "diff": ("archiver.cli.diff", "Show what changed between two versions, articles or files."),
        "outlet": ("archiver.cli.outlet", "Ask who is who among outlets."),
        "serve": ("archiver.cli.serve", "Browse the archive: Datasette with the archive's own pages."),
    },
    "Check": {
        "judge": ("archiver.cli.judge", "Record what a person decided about a value, with who and why."),
        "audit": ("archiver.cli.audit", "Report what is missing, conflicting or suspicious, and why."),
        "verify": ("archiver.cli.verify", "Check that what is held is what was captured."),
    },
    "Vouch": {
        "key": ("archiver.cli.key", "Make the keys that sign the log, hand over to new ones, list them."),
        "seal": ("archiver.cli.seal", "Sign the log as it is now, so that its owner can be held to it."),
        "witness": ("archiver.cli.witness", "Have others remember how long the log was."),
        "prove": ("archiver.cli.prove", "Make a bundle that others can check without this program."),
    },
}

EXIT_CODES = """\
Exit status: 0 done, 1 what was asked for failed or findings at or above --fail-on,
2 wrong use, 3 partly done (what failed is listed), 4 integrity failure, 130 interrupted."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for section in COMMANDS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        for section in COMMANDS.values():
            if cmd_name in section:
                command = importlib.import_module(section[cmd_name][0]).command
                assert isinstance(command, click.Command)
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, section in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, line) for name, (_, line) in section.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and name not in self.list_commands(ctx):
            import difflib

            near = difflib.get_close_matches(name, self.list_commands(ctx), 1)
            meant = f" Did you mean “{near[0]}”?" if near else ""
            ctx.fail(f"No such command: “{name[:40]}”.{meant}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, "-V", "--version", message="archiver %(version)s")
def root() -> None:
    """Where does this text come from? Keep news pages, and the words that say so.

    \b
    Start here:
      archiver add https://news.example/article     keep a page
      archiver add page.html --url https://…        keep a page you saved
      archiver read dump.txt                        read without keeping
      archiver audit                                what is missing or odd
      archiver serve                                browse
    """


def main() -> None:
    """The command `archiver`: the one place where errors become messages and exit statuses."""
    from archiver.cli.terminal import complain

    try:
        # Not root.main(): that answers a closed pipe with status 1, and `archiver list | head` is no failure.
        with root.make_context("archiver", sys.argv[1:]) as context:
            status = root.invoke(context)
        sys.stdout and sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        complain("stopped; what was reported as kept is kept")
        sys.exit(130)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ArchiverError as error:
        complain(error.message, error.hint)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _let_go_of_output()
        sys.exit(0)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EIO, errno.EBADF} or error.filename:
            raise
        _let_go_of_output()
        complain(f"the output cannot be written: {error.strerror}", "make room, or write to another place")
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _let_go_of_output() -> None:
    """Nothing more can be written: what Python still holds for standard output goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
