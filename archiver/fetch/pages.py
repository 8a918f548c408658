"""A page that came well but is no article: a challenge, a consent wall, or "not found" under status 200.

Decided from what a reader sees, never from scripts. Words alone condemn nothing: an article may tell of a page
that "has been removed". The words must be a title or a short line of their own, and the page must hold little
prose besides. The wordings stand in ``pages.toml``, one table per kind and language.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archiver.model import Outcome

# A line this long is a sentence or more; menus, buttons and headlines are shorter.
_PROSE_LINE = 160
# A consent wall holds no more characters that do not speak of consent.
_LITTLE = 600
# A longer page is judged by its title alone, and no more of it is looked at than shows that it is long.
_LONG = 12_000
_LOOKED_AT = 20_000
_TITLE_PARTS = re.compile(r" [|•·»«—–-] |\|")
_EDGES = " .!?…:;,\"'“”„«»‹›()[]<>*#=|•·–—-。！？：՝։؟،"
_ERROR_WORDS = frozenset(
    ["404", "error", "oops", "http", "https", "ошибка", "помилка", "xəta", "hata", "fehler", "erreur", "errore", "erro"]
)
_ERROR_WORD = re.compile("|".join(sorted(_ERROR_WORDS)))


@dataclass(frozen=True, slots=True)
class Wordings:
    """What one kind of page says, folded: whole titles, whole lines, starts of lines, words that speak of consent.

    ``lines`` holds the starts of lines by their first letter.
    """

    titles: frozenset[str]
    whole_lines: frozenset[str]
    lines: Mapping[str, tuple[str, ...]]
    vocabulary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a reader sees: parts of the title and lines, each folded and as it stands, and how much there is to read."""

    title_parts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    size: int
    prose: int


def judge_page(
    status: int | None, headers: Iterable[tuple[str, str]], visible_text: str, title: str | None
) -> tuple[Outcome, str] | None:
    """BLOCKED, CONSENT or SOFT_404 with a reason, or None for a page that may be what was asked for.

    ``visible_text`` has a line for each block; ``title`` is the document's title. A challenge is recognised
    under any status, the other two only under success.
    """
    seen = _look(visible_text, title)
    blocked = _blocked(headers, seen)
    if blocked:
        return Outcome.BLOCKED, blocked
    if status is not None and not 200 <= status < 300:
        return None
    missing = _missing(seen)
    if missing:
        return Outcome.SOFT_404, missing
    consent = _only_consent(seen)
    return (Outcome.CONSENT, consent) if consent else None


def fold(text: str) -> str:
    """Case, spaces, apostrophes and outer punctuation do not tell wordings apart; nor does the Turkish dot."""
    return _trimmed(_one_case(text))


def _one_case(text: str) -> str:
    """The half of ``fold`` that looks at letters alone: it costs as much for a page as for a line."""
    return text.casefold().replace("\u0307", "").replace("ı", "i").replace("’", "'").replace("ё", "е")


def _trimmed(folded: str) -> str:
    return " ".join(folded.split()).strip(_EDGES)


@cache
def wordings(kind: str) -> Wordings:
    """The wordings of ``blocked``, ``missing``, ``removed`` or ``consent``, of all languages together."""
    data = tomllib.loads(files("archiver.fetch").joinpath("pages.toml").read_text("utf-8"))[kind]
    gathered = {
        field: tuple(fold(phrase) for table in data.values() for phrase in table.get(field, ()))
        for field in ("titles", "only_titles", "lines", "vocabulary")
    }
    lines = frozenset(gathered["titles"])
    starts: dict[str, tuple[str, ...]] = {}
    for phrase in gathered["lines"]:
        starts[phrase[:1]] = (*starts.get(phrase[:1], ()), phrase)
    return Wordings(lines | set(gathered["only_titles"]), lines, starts, gathered["vocabulary"])


def _look(visible_text: str, title: str | None) -> _Seen:
    lines = [line for part in visible_text[:_LOOKED_AT].splitlines() if (line := part.strip())]
    return _Seen(
        title_parts=tuple((_bare(fold(part)), part.strip()) for part in _TITLE_PARTS.split((title or "")[:500])),
        lines=_folded(lines) if len(visible_text) <= _LONG else (),
        size=len(visible_text),
        prose=sum(len(line) for line in lines if len(line) >= _PROSE_LINE),
    )


def _folded(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Each line folded, beside the line as it stands."""
    if not lines:
        return ()
    # No letter folds to a line break, nor a line break to a letter.
    folded = _one_case("\n".join(lines)).split("\n")
    return tuple((_trimmed(one), line) for one, line in zip(folded, lines, strict=True))


def _bare(part: str) -> str:
    """A title without its number and the word error, unless that is all of it."""
    if not _ERROR_WORD.search(part):
        return part
    words = part.split(" ")
    kept = [word for word in words if word.strip(_EDGES) not in _ERROR_WORDS]
    return " ".join(kept).strip(_EDGES) or part


def _blocked(headers: Iterable[tuple[str, str]], seen: _Seen) -> str | None:
    for name, value in headers:
        if (name.lower(), value.strip().lower()) in _CHALLENGE_HEADERS:
            return f"the site's protection asks for proof of being human ({name}: {value.strip()[:40]})"
    known = wordings("blocked")
    said = _title_says(known, seen) if seen.prose <= 800 and seen.size <= 3000 else None
    # Forms under short articles ask for proof of being human too, so lines count only where there is little else.
    if not said and seen.prose <= 400 and seen.size <= 2000:
        said = _line_says(known, seen)
    return f"a challenge or block page: it says {said!r}" if said else None


_CHALLENGE_HEADERS = frozenset(
    {("cf-mitigated", "challenge"), ("x-amzn-waf-action", "challenge"), ("x-amzn-waf-action", "captcha")}
)


def _missing(seen: _Seen) -> str | None:
    if seen.prose <= 1500:
        known = wordings("missing").titles | wordings("removed").titles
        said = next((part for folded, part in seen.title_parts if folded in known or folded == "404"), None)
        if said:
            return f"the title says {said!r}, though the status says success"
    if seen.prose <= 600 and seen.size <= 6000:
        said = _line_says(wordings("missing"), seen) or (
            _line_says(wordings("removed"), seen) if seen.size <= 2500 else None
        )
        if said:
            return f"the page says {said!r}, though the status says success"
    return None


def _only_consent(seen: _Seen) -> str | None:
    """A page that asks for consent and holds next to nothing else."""
    known = wordings("consent")
    said = _title_says(known, seen) or _line_says(known, seen)
    if not said:
        return None
    rest = 0
    for line, _ in seen.lines:
        rest += 0 if _speaks_of_consent(line, known.vocabulary) else len(line)
        if rest > _LITTLE:
            return None
    about = sum(len(line) for line, _ in seen.lines) - rest
    return f"only a consent wall: it says {said!r}" if about >= rest else None


def _speaks_of_consent(line: str, vocabulary: tuple[str, ...]) -> bool:
    """One word is enough for a button or a heading; a sentence of an article may hold one by chance."""
    words = f" {line}"
    found = sum(f" {word}" in words for word in vocabulary)
    return found >= (2 if len(line) >= _PROSE_LINE else 1)


def _title_says(known: Wordings, seen: _Seen) -> str | None:
    return next((part for folded, part in seen.title_parts if folded in known.titles), None)


def _line_says(known: Wordings, seen: _Seen) -> str | None:
    """The first short line of the page that is a wording or begins with one, as it stands."""
    for folded, line in seen.lines:
        if len(folded) >= 240:
            continue
        bare = _bare(folded)
        if bare in known.whole_lines or bare.startswith(known.lines.get(bare[:1], ())):
            return line[:120]
    return None
