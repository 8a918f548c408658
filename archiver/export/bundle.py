"""A proof bundle: one zip that another person can check without this program, and that is the same bytes each time.

Whoever reads rows and files hands over the members; what follows from them is added here: the page for people, the
program that checks everything, and the manifest. A bundle that this very program does not find sound is never made.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from archiver.errors import ProofError
from archiver.export import verify_bundle

VERIFIER = "verify_bundle.py"
PAGE = "index.html"
MANIFEST = "manifest.sha256"
_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can name; the true ones stand in metadata.json
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def verifier() -> bytes:
    """The program that checks bundles, as it goes into each of them."""
    return (resources.files("archiver.export") / VERIFIER).read_bytes()


def complete(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """``members`` (name -> bytes) with the files that follow from them. Raises ProofError when they do not agree."""
    files = verify_bundle.Files(members)
    files[VERIFIER] = verifier()
    try:
        files[PAGE] = verify_bundle.page(files)
    except (verify_bundle.Wrong, *verify_bundle.TROUBLE) as error:
        raise ProofError(f"no proof can be made of this: {error}", "see: archiver verify") from error
    files[MANIFEST] = verify_bundle.manifest(files)
    return dict(files)


def check(files: Mapping[str, bytes], keys: Sequence[str] = ()) -> dict[str, Any]:
    """What verify_bundle.py says of the files of a bundle. Raises ProofError when it does not hold."""
    answer: dict[str, Any] = verify_bundle.examine(verify_bundle.Files(files), keys)
    if not answer["holds"]:
        raise ProofError("; ".join(answer["problems"]), "see: archiver verify")
    return answer


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip: names in order, nothing compressed, no times; equal files give equal bytes on every machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.external_attr, info.create_system = _PLAIN_FILE, _UNIX
            zipped.writestr(info, files[name])
    return out.getvalue()
