"""One capture as a bundle that others can check without this program."""

from pathlib import Path
from typing import Any

from archiver.canonical import sha256_hex
from archiver.errors import ArchiveError, UsageError
from archiver.export import bundle
from archiver.jobs.folder import opened
from archiver.store.proving import gather

SCHEMA = "archiver/bundle/1"


def prove(
    folder: Path, ref: str, output: Path | None = None, *, with_text: bool = True, whole_file: bool = False
) -> dict[str, Any]:
    """Write the bundle of what ``ref`` names (`store.proving.gather`) and tell of it.

    ``output`` None: a name after the capture, in the current folder. A file that holds something else is not replaced.
    Raises NotFound, IntegrityError, UsageError when the file is there already, ArchiveError when it cannot be written.
    """
    with opened(folder) as archive:
        proof = gather(archive, ref, with_text=with_text, whole_file=whole_file)
    files = bundle.complete(proof.members)
    answer = bundle.check(files)
    data = bundle.packed(files)
    path = output or Path(f"capture-{proof.capture}.proof.zip")
    _write_new(path, data)
    return {
        "schema": SCHEMA,
        "path": str(path),
        "sha256": sha256_hex(data),
        "size": len(data),
        "capture": proof.capture,
        "article": proof.article,
        "version": proof.version,
        "level": answer["level"],
        "signed_by": sorted({one["vkey"] for head in answer["log"] for one in head["signatures"]}),
        "log_size": answer["log"][0]["size"],
        "tokens": [name for head in answer["log"] for name in head["tokens"]],
        "with_text": with_text,
        "says": {heading: [list(row) for row in rows] for heading, rows in answer["says"]},
    }


def _write_new(path: Path, data: bytes) -> None:
    """A whole file or none, and never in the place of another."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            if path.is_file() and path.read_bytes() == data:
                return
            raise UsageError(f"{path} is there already and holds something else", "name another file with -o")
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ArchiveError(f"{path}: {error.strerror or error}", "make room or give permission") from error
