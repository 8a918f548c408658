"""Make the pages of docs/ that come from the code, or say which of them no longer agree with it.

python -m docs.generate           write them
python -m docs.generate --check   write nothing; exit 1 and name those that differ
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from archiver.audit.describe import rules_markdown
from archiver.cli import COMMANDS, EXIT_CODES, root
from archiver.extract.declared import WEIGHTS
from archiver.statements.rulebook import Described, book
from archiver.store.describe import schema_markdown

HERE = Path(__file__).parent
MADE = "<!-- Made by `make docs` from the code. Do not edit. -->\n\n"


def cli_markdown() -> str:
    """Every command's help page, in the order of `archiver --help`."""
    parts = [MADE, "# Commands\n\n", _help([]), "\n", EXIT_CODES.replace("\n", " "), "\n"]
    for section, commands in COMMANDS.items():
        parts.append(f"\n## {section}\n")
        for name in commands:
            parts.extend(f"\n### archiver {' '.join(path)}\n\n{_help(path)}" for path in _paths(name))
    return "".join(parts)


def _paths(name: str) -> Iterator[list[str]]:
    yield [name]
    command = root.get_command(click.Context(root), name)
    if isinstance(command, click.Group):
        for sub in command.list_commands(click.Context(command)):
            yield [name, sub]


def _help(path: list[str]) -> str:
    command: click.Command | None = root
    how = {**root.context_settings, "max_content_width": 100, "terminal_width": 100}
    context = click.Context(root, info_name="archiver", **how)
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(context, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=context, **how)
    assert command is not None
    return f"```\n{command.get_help(context).rstrip()}\n```\n"


def reading_markdown() -> str:
    """Every rule of reading in a sentence, by family; wordings by language with their first example."""
    families: dict[str, list[Described]] = {}
    for rule, described in book().items():
        family = "/".join(rule.split("/")[:-1])
        families.setdefault(family, []).append(described)
    parts = [MADE, READING]
    for family, rules in families.items():
        wordings = rules[0].pattern is not None
        about = "" if wordings else f"{rules[0].about}\n\n"
        parts.append(f"\n## {family}\n\n{about}")
        parts.append("| rule | says | for example |\n|---|---|---|\n" if wordings else "| rule | reads |\n|---|---|\n")
        parts.extend(_wording_row(one) if wordings else _rule_row(one) for one in rules)
    return "".join(parts)


def _rule_row(rule: Described) -> str:
    name = rule.rule.rpartition("/")[2]
    weight = f" ({WEIGHTS[name]})" if rule.rule.startswith("meta/") and name in WEIGHTS else ""
    return f"| `{name}`{weight} | {rule.says} |\n"


def _wording_row(rule: Described) -> str:
    says = rule.says.rpartition("(")[2].rstrip(")")
    sentence = rule.examples[0][0].replace("|", "\\|") if rule.examples else ""
    return f"| `{rule.rule.rpartition('/')[2]}` | {says} | {sentence} |\n"


READING = """# Rules of reading

Every value in a record names the rule that read it: `family/name@version`. A rule proposes a value with its words and a
weight from 0 to 100; the heaviest one is shown if it reaches 50, each further witness at another place adds 4 (at most
12), and every other value is kept with the reason why it is not shown (`archiver/statements/settle.py`). Weights of
declared values stand in brackets; those of the others are published at the head of their modules, for they depend on
the place: `extract/head.py`, `extract/date_own.py`, `attribution/byline.py`, `attribution/masthead.py`,
`attribution/weights.py`. How to add one: [how-to-add-a-rule.md](how-to-add-a-rule.md).
"""


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_markdown,
    "schema.md": lambda: MADE + schema_markdown(),
    "reading.md": reading_markdown,
    "rules.md": lambda: MADE + rules_markdown(),
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them. Returns the exit status."""
    stale = []
    for name, make in PAGES.items():
        page, made = HERE / name, make()
        if page.exists() and page.read_text("utf-8") == made:
            continue
        if "--check" in arguments:
            stale.append(name)
        else:
            page.write_text(made, "utf-8")
    if stale:
        click.echo(f"docs/ no longer agrees with the code: {', '.join(stale)}; run: make docs", err=True)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
