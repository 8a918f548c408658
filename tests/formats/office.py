"""Files of office programs made by hand, small enough to read: DOCX and RTF."""

import io
import zipfile
from collections.abc import Iterable
from html import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<w:styles xmlns:w="{_W}"><w:style w:styleId="Tytu"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Nagwek2"><w:name w:val="heading 2"/></w:style></w:styles>'
)


def docx(body: str, *, more: dict[str, str] | None = None, links: Iterable[str] = (), **core: str) -> bytes:
    """A document whose body is this WordprocessingML; ``core`` are its properties, ``links`` are rId0, rId1 ..."""
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{_R}/hyperlink" Target="{escape(url)}" TargetMode="External"/>'
        for i, url in enumerate(links)
    )
    stated = "".join(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in core.items())
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="c" xmlns:dc="d">{stated}</cp:coreProperties>',
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name, (2024, 5, 2, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def paragraph(text: str, style: str | None = None, more: str = "") -> str:
    """A paragraph of one run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>{more}</w:p>'


def rtf(body: str, *, info: str = "", fonts: str = r"{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}") -> bytes:
    """A rich text file with this body; ``info`` is the content of its group of information."""
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl" + fonts + r"}{\colortbl;\red0\green0\blue0;}"
    return f"{head}{{\\info{info}}}\n{body}}}".encode("ascii")


def rtf_text(text: str) -> str:
    """``text`` with its signs escaped and all that is not ASCII as ``\\u``."""
    out = []
    for character in text:
        if character in "\\{}":
            out.append("\\" + character)
        elif character.isascii():
            out.append(character)
        else:
            units = character.encode("utf-16-le")
            out += [f"\\u{int.from_bytes(units[i : i + 2], 'little', signed=True)}?" for i in range(0, len(units), 2)]
    return "".join(out)
