"""Pages to measure on: a folder or tar of real ones, or made ones of the same size and mess, from a seed."""

import random
import tarfile
from pathlib import Path

WORDS = [
    "the",
    "a",
    "of",
    "to",
    "and",
    "in",
    "that",
    "on",
    "was",
    "with",
    "for",
    "by",
    "at",
    "from",
    "council",
    "river",
    "bridge",
    "market",
    "minister",
    "said",
    "reported",
    "border",
    "ferry",
    "station",
    "engineers",
    "week",
    "month",
    "million",
    "households",
    "water",
    "level",
    "agreement",
    "talks",
    "spokesman",
    "region",
    "budget",
    "school",
    "harbour",
    "strike",
    "union",
    "vote",
    "court",
    "winter",
    "repair",
    "delayed",
    "opened",
    "closed",
    "crossed",
    "measured",
    "promised",
    "denied",
    "signed",
    "rejected",
]


def collect(source: Path | None, folder: Path, limit: int) -> list[Path]:
    """Up to ``limit`` pages as files under ``folder``, in a fixed order."""
    folder.mkdir(parents=True, exist_ok=True)
    if source is None:
        return _made(folder, limit)
    if source.is_dir():
        return sorted(p for p in source.rglob("*.html") if p.is_file())[:limit]
    return _unpacked(source, folder, limit)


def small(folder: Path, limit: int) -> list[Path]:
    """``limit`` made text dumps of one short paragraph each."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20240502)
    return [
        _write(folder / f"dump-{n:05}.txt", f"{_sentence(rng)[:60]}\n\n{_sentence(rng)} {_sentence(rng)} Number {n}.\n")
        for n in range(limit)
    ]


def _unpacked(tar: Path, folder: Path, limit: int) -> list[Path]:
    found: list[Path] = []
    with tarfile.open(tar) as archive:
        members = sorted((m for m in archive if m.isfile() and m.name.endswith(".html")), key=lambda m: m.name)
        for member in members[:limit]:
            stream = archive.extractfile(member)
            assert stream is not None
            path = folder / Path(member.name).name
            path.write_bytes(stream.read())
            found.append(path)
    return found


def _made(folder: Path, limit: int) -> list[Path]:
    rng = random.Random(20240501)
    return [_write(folder / f"page-{number:05}.html", _page(rng, number)) for number in range(limit)]


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(8, 26))).capitalize() + "."


# ruff: noqa: E501 - markup reads better on its own long lines
def _page(rng: random.Random, number: int) -> str:
    title = _sentence(rng)[:70].rstrip(".")
    day = f"{rng.randint(2018, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    body = "".join(
        f"<p>{' '.join(_sentence(rng) for _ in range(rng.randint(2, 6)))}</p>" for _ in range(rng.randint(6, 22))
    )
    menu = "".join(f'<li class="menu-item"><a href="/s/{i}">{rng.choice(WORDS).title()}</a></li>' for i in range(40))
    related = "".join(
        f'<div class="card related-card"><a href="/a/{i}"><img src="/i/{i}.jpg" alt=""><h3>{_sentence(rng)[:60]}</h3></a>'
        f"<time>{day}</time></div>"
        for i in range(24)
    )
    style = "".join(f".c{i}{{margin:{i}px;color:#{i:06x}}}" for i in range(400))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Page {number % 7} Daily</title>'
        f'<meta property="og:title" content="{title}"><meta property="article:published_time" content="{day}T10:00:00Z">'
        f"<style>{style}</style><script>{'var a=[1,2,3];' * 900}</script></head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1><p class=byline>By Ana Novak | {day}</p>{body}</article>"
        f"<aside>{related}</aside></main><footer>&copy; 2025 Page {number % 7} Daily</footer></body></html>"
    )
