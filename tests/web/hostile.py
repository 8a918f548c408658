"""An archive in which every field of every noun holds an attack; written for these tests."""

from datetime import UTC, datetime
from pathlib import Path

from archiver.canonical import sha256_hex, short_id, text_digest
from archiver.model import (
    PROPERTIES,
    Block,
    Capture,
    Dossier,
    Finding,
    Grade,
    Meant,
    OriginKind,
    Outcome,
    Reading,
    Severity,
    Space,
    Statement,
    TextPiece,
    Zone,
)
from archiver.store.archive import Archive
from archiver.store.incoming import NewCapture

# Each would set window.hit, or leave its element, if it reached a page unescaped.
PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    "<math><mtext></table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.hit=1&gt;'>",
    '"><img src=x onerror=window.hit=1>',
    "'><img src=x onerror=window.hit=1>",
    '" autofocus onfocus=window.hit=1 x="',
    "' onmouseover=window.hit=1 style='position:fixed;inset:0' x='",
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1//https://news.example/",
    "java\tscript:window.hit=1",
    "\x01javascript:window.hit=1",
    "data:text/html,<script>opener.hit=1</script>",
    "vbscript:msgbox(1)",
    'https://news.example/"onmouseover="window.hit=1',
    "https://user:secret@news.example/<script>window.hit=1</script>",
    "{{ 7*7 }}{% include 'base.html' %}{{ config }}",
    "${window.hit=1}#{window.hit=1}",
    "</title><script>window.hit=1</script>",
    "</textarea><script>window.hit=1</script>",
    "</style><script>window.hit=1</script>",
    "</noscript><script>window.hit=1</script>",
    "--><script>window.hit=1</script><!--",
    "]]><script>window.hit=1</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<object data='javascript:window.hit=1'></object>",
    "<embed src='javascript:window.hit=1'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:window.hit=1'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<form action='javascript:window.hit=1'><button autofocus>",
    "<details open ontoggle=window.hit=1>",
    "<video src=x onerror=window.hit=1>",
    "<a href='javascript:window.hit=1' id=av-main>x</a>",
    "<style>*{display:none}@import 'https://evil.example/x.css'</style>",
    "<div class=av-unseen-label id=av-text>gone</div>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#x3c;script&#x3e;window.hit=1&#x3c;/script&#x3e;",
    "\u202e<script>window.hit=1</script>\u202c",
    "\u2066abc\u2069\u200b\u200d\ufeff\u0085\u2028\u2029",
    "\x0b\x0c\x1b[31mred\x1b[0m\x07",
    "\ufffe\uffff\U000e0041\U000e0020",
    "=cmd|'/c calc'!A1",
    "+ADw-script+AD4-window.hit=1+ADw-/script+AD4-",
    "%3Cscript%3Ewindow.hit=1%3C/script%3E",
    "A" * 3000,
    "long " * 800,
    "\u0301" * 200 + "Zalgo",
)

MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def build(folder: Path) -> list[str]:
    """An archive of one article a payload, each with two versions; answers the ids of the articles."""
    ids: list[str] = []
    with Archive.open(folder, create=True) as archive, archive.writer(read, report) as writer:
        for number, payload in enumerate(PAYLOADS):
            for state in ("first", "second"):
                body = f"{number}\n{state}\n{payload}".encode()
                url = f"https://news{number}.example/a?{'q' * 10}"
                new = NewCapture(
                    *(Outcome.KEPT, Grade.FILE, MORNING, body),
                    url=url,
                    filename=payload[:200],
                    media_type="text/plain",
                    notes=(payload[:500],),
                )
                ids += [entered.article_id or "" for entered in writer.commit([new])]
            failed = NewCapture(Outcome.BLOCKED, Grade.FETCH, MORNING, reason=payload[:500], requested_url=url, url=url)
            writer.commit([failed])
    return list(dict.fromkeys(ids))


def read(capture: Capture) -> Reading:
    """A reading that puts the payload of a body into every property, value, quote, path, rule and reason."""
    page = capture.body.decode("utf-8", "replace")
    _, state, payload = page.split("\n", 2)
    start = page.index(payload)
    text = f"{state}\n{payload}\n{payload} and on"
    statements = [
        _statement(page, payload, name, kind) for name in PROPERTIES for kind in ("shown", "kept", "elsewhere")
    ]
    statements += [_origin(payload, start, kind) for kind in OriginKind]
    return Reading(
        sha256=sha256_hex(capture.body),
        format=payload[:40],
        encoding=payload[:40],
        page_space=Space.VISIBLE,
        page_text=page,
        text=text,
        pieces=(TextPiece(len(state) + 1, start, len(payload)),),
        blocks=(Block(0, start - 1, Zone.NAVIGATION), Block(start, len(page), Zone.BODY)),
        statements=tuple({s.id: s for s in statements}.values()),
        content_digest=text_digest(text),
        notes=(payload,),
    )


def report(dossier: Dossier) -> list[Finding]:
    """One finding that holds the payload in all its fields."""
    payload = dossier.reading.notes[0]
    names = tuple(s.id for s in dossier.reading.statements[:3])
    return [Finding(payload[:80], Severity.CRITICAL, payload, names, payload)]


def _statement(page: str, payload: str, name: str, kind: str) -> Statement:
    start = page.index(payload)
    placed = kind != "elsewhere"
    return Statement(
        id=short_id("statement", name, kind, payload[:300]),
        property=name,
        value="2026-02-03" if name == "published" and kind == "shown" else payload,  # the store sorts by it
        quote=payload,
        space=Space.VISIBLE if placed else Space.HTML,
        path=None if placed else payload[:200],
        start=start if placed else None,
        end=start + len(payload) if placed else None,
        rule=payload[:60],
        meant=Meant.STATED,
        shown=kind == "shown" and name != "origin",
        why=None if kind == "shown" else payload,
        detail={"kind": "translation", "domain": payload[:80], "url": payload, "precision": payload},
    )


def _origin(payload: str, start: int, kind: OriginKind) -> Statement:
    return Statement(
        id=short_id("statement", "origin", str(kind), payload[:300]),
        property="origin",
        value=payload,
        quote=payload,
        space=Space.VISIBLE,
        path=None,
        start=start,
        end=start + len(payload),
        rule="test/origin@1",
        meant=list(Meant)[len(kind) % 4],
        shown=True,
        why=None,
        detail={"kind": str(kind), "name": payload, "domain": payload[:80], "url": payload, "language": payload[:20]},
    )
