"""Headline, standfirst and section as a reader sees them: from the zoned lines of a dump or of an HTML page.

Rules and weights (metadata rules weigh 60 to 70; a visible headline is what a reader would quote)::

    head/headline        80  the line in the TITLE zone; 55 for further ones, and for one the text never speaks of
    head/short-headline  84  the same without a site or section name that the page repeats elsewhere
    head/standfirst      70  a line in the DEK zone
    head/section         70  the label above the headline
    head/breadcrumb      60  the last step of a breadcrumb before the headline
"""

import re
from collections.abc import Iterator

from archiver.extract.chrome_lines import fold, key_of, words_of
from archiver.extract.headline import one_line
from archiver.model import Block, Candidate, Page, Zone

_HEADING_TAGS = ("h1",)
_BULLET = re.compile(r"[•·●○▪■◦‣›→►▶*|/\s]{1,6}(?=[^\s])")
_AFFIX = re.compile(r"\s{1,3}[|–—»·•/-]{1,3}\s{1,3}")
_STEP = re.compile(r"\s{0,3}[>»›/→▸|]\s{0,3}")
_LONGEST_AFFIX = 40
_MOST_TITLES = 12
_MOST_LINES = 4_000
_HOME = frozenset(
    fold(name)
    for name in (
        *(
            "home",
            "homepage",
            "home page",
            "main",
            "front page",
            "start",
            "startseite",
            "hauptseite",
            "accueil",
            "inicio",
        ),
        *(
            "portada",
            "início",
            "página inicial",
            "strona główna",
            "главная",
            "главная страница",
            "головна",
            "ana səhifə",
        ),
        *("əsas səhifə", "ana sayfa", "anasayfa", "գլխավոր", "მთავარი", "hem", "forside", "etusivu", "domů", "úvod"),
        *("kezdőlap", "acasă", "αρχική", "الرئيسية", "خانه", "首页", "首頁", "ホーム", "トップ", "홈"),
    )
)


def candidates(page: Page) -> list[Candidate]:
    """Candidates for ``title``, ``dek`` and ``section`` in the visible text of a zoned ``page``, in page order."""
    if page.fragment is not None and page.fragment != "title":
        return []
    titles = _title_blocks(page)
    return [
        *(c for i, (block, spoken_of) in enumerate(titles) for c in _of_title(page, block, firm=i == 0 and spoken_of)),
        *_of_dek(page),
        *_of_section(page, titles[0][0] if titles else None),
    ]


def _title_blocks(page: Page) -> list[tuple[Block, bool]]:
    """The blocks that may hold the headline and whether the text speaks of them, likeliest first, each wording once."""
    zoned = [block for block in page.blocks if block.zone is Zone.TITLE]
    tagged = [block for block in page.blocks if block.tag in _HEADING_TAGS and block.zone in (Zone.BODY, Zone.DEK)]
    found: dict[str, Block] = {}
    for block in (*zoned[:_MOST_TITLES], *tagged[:_MOST_TITLES]):
        key = key_of(page.quote(block))
        if key:
            found.setdefault(key, block)
    body = _body(page) if found else ""
    return sorted(
        ((block, _spoken_of(page.quote(block), body)) for block in found.values()), key=lambda pair: not pair[1]
    )


def _body(page: Page) -> str:
    return " ".join(fold(page.quote(block)) for block in page.blocks if block.zone in (Zone.BODY, Zone.DEK))


def _spoken_of(title: str, body: str) -> bool:
    """True when the text uses a third of the headline's longer words (or there is no text to compare with)."""
    stems = {word[:5] for word in words_of(title) if len(word) > 3}
    if not stems or not body:
        return True
    return 3 * sum(stem in body for stem in stems) >= len(stems)


def _of_title(page: Page, block: Block, *, firm: bool) -> Iterator[Candidate]:
    start, end = _without_bullet(page, block.start, block.end)
    short = _without_affix(page, block, start, end)
    weight = 80 if firm else 55
    yield _candidate(page, "title", start, end, "head/headline@1", weight)
    if short is not None:
        yield _candidate(page, "title", *short, "head/short-headline@1", weight + 4)


def _without_bullet(page: Page, start: int, end: int) -> tuple[int, int]:
    match = _BULLET.match(page.text, start, end)
    return (match.end() if match else start), end


def _without_affix(page: Page, block: Block, start: int, end: int) -> tuple[int, int] | None:
    """The headline without what the page evidently adds to every headline; None when nothing shows that."""
    inner = _inner_line(page, block, start, end)
    if inner is not None:
        return inner
    gaps = list(_AFFIX.finditer(page.text, start, end))
    if not gaps:
        return None
    last, first = gaps[-1], gaps[0]
    others = _other_lines(page, block, key_of(page.text[start : last.start()]))
    if end - last.end() <= _LONGEST_AFFIX and _repeated(page.text[last.end() : end], others):
        return start, last.start()
    if first.start() - start <= _LONGEST_AFFIX and _repeated(page.text[start : first.start()], others):
        return first.end(), end
    return None


def _inner_line(page: Page, block: Block, start: int, end: int) -> tuple[int, int] | None:
    """A kicker glued before the headline shows where the page says the rest of the line alone, as breadcrumbs do."""
    whole = key_of(page.text[start:end])
    for other in _above_text(page):
        key = key_of(page.quote(other))
        if other == block or len(key) < 15 or 2 * len(key) < len(whole) or len(key) >= len(whole):
            continue
        if whole.endswith(" " + key):
            at = page.text.rfind(page.quote(other).lstrip("•*· "), start, end)
            return (at, end) if at > start else None
    return None


def _above_text(page: Page) -> list[Block]:
    for i, block in enumerate(page.blocks):
        if block.zone is Zone.BODY:
            return list(page.blocks[:i])
    return list(page.blocks)


def _other_lines(page: Page, block: Block, short: str) -> list[str]:
    """The keys of the page's other lines; one that holds the headline itself proves nothing about its suffix."""
    lines = (key_of(page.quote(other)) for other in page.blocks[:_MOST_LINES] if other != block)
    found = [line for line in lines if line and len(line) < 200 and short[:40] not in line]
    if page.tree is not None:
        found.extend(key_of(text) for text in page.tree.xpath("//title/text()") if isinstance(text, str))
    return found


def _repeated(affix: str, lines: list[str]) -> bool:
    """True when ``affix`` is a line of the page by itself, or ends or begins another one as a name of its own."""
    key = key_of(affix)
    if len(key) < 3:
        return False
    return any(line == key or line.endswith((f"| {key}", f"- {key}", f"– {key}", f"© {key}")) for line in lines)


def _of_dek(page: Page) -> Iterator[Candidate]:
    for block in page.blocks:
        if block.zone is Zone.DEK and block.end - block.start >= 20:
            yield _candidate(page, "dek", block.start, block.end, "head/standfirst@1", 70)
            return


def _of_section(page: Page, headline: Block | None) -> Iterator[Candidate]:
    title = key_of(page.quote(headline)) if headline else ""
    for block in page.blocks:
        if block.zone is Zone.SECTION and block.end - block.start <= 60:
            start, end = _without_bullet(page, block.start, block.end)
            yield _candidate(page, "section", start, end, "head/section@1", 70)
            break
    for block in page.blocks:
        if block.zone is Zone.BREADCRUMB:
            step = _last_step(page, block, title)
            if step is not None:
                yield _candidate(page, "section", *step, "head/breadcrumb@1", 60)
                return


def _last_step(page: Page, block: Block, title: str) -> tuple[int, int] | None:
    steps: list[tuple[int, int]] = []
    at = block.start
    for gap in _STEP.finditer(page.text, block.start, block.end):
        steps.append((at, gap.start()))
        at = gap.end()
    steps.append((at, block.end))
    steps = [(start, end) for start, end in steps if key_of(page.text[start:end])]
    if len(steps) > 1 and title and key_of(page.text[slice(*steps[-1])])[:40] in title:
        steps.pop()
    if len(steps) < 2 or steps[-1][1] - steps[-1][0] > 40:  # the first step is the site or "Home"
        return None
    return None if key_of(page.text[slice(*steps[-1])]) in _HOME else steps[-1]


def _candidate(page: Page, name: str, start: int, end: int, rule: str, weight: int) -> Candidate:
    quote = page.text[start:end]
    return Candidate(
        property=name,
        value=one_line(quote),
        quote=quote,
        space=page.space,
        rule=rule,
        weight=weight,
        start=start,
        end=end,
    )
