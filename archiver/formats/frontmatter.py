"""What stands before a Markdown text about it: the lines of front matter as pairs of a name and a value.

Read are the simple lines that Jekyll, Hugo and their like use, of YAML between ``---`` and of TOML between ``+++``:
``key: value`` or ``key = value``, lists in brackets or as ``- item`` lines, one level of keys inside a key. It is
read as lines and not as YAML: a text may hold anything, and nothing in it is ever run or expanded.
"""

import re

_FENCE = re.compile(r"\A\s{0,20}(---|\+\+\+)[ \t]{0,20}(?:\r\n|\r|\n)")
_KEY = re.compile(r"([ \t]{0,20})\"?([A-Za-z_][\w .-]{0,60}?)\"?[ \t]{0,9}[:=](?:[ \t]{1,20}(.*)|)")
_ITEM = re.compile(r"[ \t]{0,20}-[ \t]{1,20}(.*)")
_MOST_LINES = 300
_LONGEST_VALUE = 2_000
# Without one of these, two rules with words between them are a text with rules.
_TELLING = frozenset({"title", "date", "author", "authors", "layout", "draft", "categories", "tags", "slug"})

Pair = tuple[str, str]


def split(text: str) -> tuple[tuple[Pair, ...], str]:
    """(pairs of key in lower case and value, the text behind the front matter); ((), ``text``) where there is none.

    A key inside another is ``outer.inner``; the items of a list are a pair each.
    """
    fence = _FENCE.match(text)
    if fence is None:
        return (), text
    place = fence.end()
    pairs: list[Pair] = []
    outer = ""
    for _ in range(_MOST_LINES):
        end = _line_end(text, place)
        line = text[place:end].rstrip()
        if place >= len(text):
            return (), text
        place = _behind(text, end)
        if line in {fence[1], "..."}:
            keys = {key for key, _ in pairs}
            return (tuple(pairs), text[place:]) if keys & _TELLING else ((), text)
        outer = _read(line, outer, pairs)
    return (), text


def _line_end(text: str, place: int) -> int:
    ends = [at for sign in "\r\n" if (at := text.find(sign, place)) >= 0]
    return min(ends, default=len(text))


def _behind(text: str, end: int) -> int:
    return end + (2 if text.startswith("\r\n", end) else 1)


def _read(line: str, outer: str, pairs: list[Pair]) -> str:
    """Add what ``line`` says; gives the key that an indented line or an item after it belongs to."""
    line = line[:_LONGEST_VALUE]
    if found := _ITEM.fullmatch(line):
        inner = _KEY.fullmatch(found[1])  # "- name: Ann Lee": a list of tables
        if inner and outer and inner[3] is not None and not inner[3].startswith("//"):
            _add(pairs, f"{outer}.{inner[2].lower()}", inner[3])
        elif outer:
            _add(pairs, outer, found[1])
        return outer
    found = _KEY.fullmatch(line)
    if found is None:
        return outer
    key, value = found[2].strip().lower(), found[3] or ""
    if found[1] and outer:
        _add(pairs, f"{outer}.{key}", value)
        return outer
    _add(pairs, key, value)
    return key


def _add(pairs: list[Pair], key: str, value: str) -> None:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        items = [_bare(item) for item in value[1:-1].split(",")]
    else:
        items = [_bare(value)]
    pairs.extend((key, item) for item in items if item and item not in {"|", ">", ">-", "|-", "null", "~"})


def _bare(value: str) -> str:
    """``value`` without its quotes and without a comment behind it."""
    value = value.strip()
    for quote in "\"'":
        if value.startswith(quote) and (end := value.find(quote, 1)) > 0:
            # A doubled or escaped quote belongs to the value.
            while end > 0 and (value[end - 1] == "\\" or value[end + 1 : end + 2] == quote):
                end = value.find(quote, end + (1 if value[end - 1] == "\\" else 2))
            inner = value[1:end] if end > 0 else value[1:]
            return inner.replace(f"\\{quote}", quote).replace(quote * 2, quote).strip()
    return re.split(r"[ \t]#", value, maxsplit=1)[0].strip()
