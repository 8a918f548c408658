"""The tables and views as a page for people, made from the schema itself."""

import re

from archiver.store.schema import TABLES, VIEWS, column_comments, statements

_TABLE = re.compile(r"CREATE TABLE (\w+)")
_COLUMN = re.compile(r"^\s+\"?(\w+)\"? (TEXT|INTEGER|BLOB)", re.M)
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)[^']+'([^']+)'")


_HEAD = (
    "# Tables and views\n\n"
    "All of `archive.db` can be made again from `snapshots/` (`archiver rebuild`). Tables are STRICT, foreign keys are "
    "on, and what was captured or read can be neither changed nor deleted: triggers refuse it.\n"
)


def schema_markdown() -> str:
    """`docs/schema.md`: every table with a sentence a column, every view with the question it answers."""
    ddl = list(statements())
    tables = ((found[1], sql) for sql in ddl if (found := _TABLE.search(sql)))
    parts = [_HEAD, *(_table(name, sql) for name, sql in tables)]
    parts.append("\n## Views\n\n| view | answers |\n|---|---|\n")
    parts.extend(f"| `{name}` | {sentence} |\n" for name, sentence in VIEWS.items())
    refusals = sorted({found[2] for sql in ddl if (found := _TRIGGER.search(sql))})
    parts.append("\n## What the triggers refuse\n\n" + "".join(f"* {sentence}\n" for sentence in refusals))
    return "".join(parts)


def _table(name: str, sql: str) -> str:
    comments = column_comments(name)
    types = dict(_COLUMN.findall(sql))
    rows = "".join(f"| `{column}` | {types.get(column, '')} | {text} |\n" for column, text in comments.items())
    return f"\n## {name}\n\n{TABLES[name]}\n\n| column | type | what |\n|---|---|---|\n{rows}"
