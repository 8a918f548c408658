"""Timestamps of others (RFC 3161): a token counts only when it answers for this text, and two judges agree.

rfc3161-client judges always, ``openssl ts -verify`` where openssl is installed: either alone accepts or refuses tokens
that the other does not. A token whose authority leads to no root that the caller trusts states a time for which nobody
here vouches; its signature must hold all the same.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from archiver.errors import InputError, ProofError

REQUEST_TYPE = "application/timestamp-query"
RESPONSE_TYPE = "application/timestamp-reply"
LARGEST = 64 * 1024  # bytes of a token; with the certificates of a long chain it has some ten thousand

_HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}
_STATUS = ("granted", "granted with changes", "rejected", "waiting", "a warning of revocation", "revoked")
_PATIENCE = 30  # seconds for openssl


@dataclass(frozen=True, slots=True)
class Query:
    """What is sent to an authority, and the number that its answer must repeat (or None)."""

    data: bytes
    nonce: int | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A time that an authority stated: when, who says so, and whether a root that the caller trusts vouches for it.

    ``doubts`` are sentences about what could not be judged.
    """

    at: datetime
    authority: str
    vouched: bool
    doubts: tuple[str, ...] = ()


def query(text: str, *, nonce: bool) -> Query:
    """A request for a timestamp of ``text`` (SHA-256, with the authority's certificates)."""
    made = TimestampRequestBuilder().data(text.encode()).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=nonce).build()
    return Query(made.as_bytes(), made.nonce)


def roots_from(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file. Raises InputError where there is none."""
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except ValueError as error:
        raise InputError(
            "this holds no certificates in PEM form", "they begin with -----BEGIN CERTIFICATE-----"
        ) from error


def answers_for(token: bytes, text: str) -> bool:
    """True when a token is about ``text``. Raises ProofError for what is no token."""
    return _same_digest(_parsed(token), text)


def judge(
    token: bytes, text: str, *, nonce: int | None = None, roots: Sequence[x509.Certificate] | None = None
) -> Stated:
    """The time that a token states for ``text``.

    ``nonce`` is the number that was sent, where one was; ``roots`` the certificates that are trusted. Raises ProofError
    for what is no token, answers for something else, or is not signed as it should be; with ``roots`` also where they
    do not vouch for it.
    """
    answer, signer, at = _about(token, text)
    if nonce is not None and answer.tst_info.nonce != nonce:
        raise ProofError("the timestamp does not repeat the number (nonce) that was sent: it answers somebody else")
    authority = signer.subject.rfc4514_string()
    judged = _openssl(token, text, at, roots or [signer], whole_chain=bool(roots))
    doubts = () if judged is not None else ("openssl is not here to judge it too",)
    if roots:
        _client(answer, text, roots, judged)
    if judged:
        raise ProofError(f"the timestamp of {authority} does not hold, says openssl: {judged}")
    return Stated(at, authority, bool(roots), doubts)


def read(token: bytes, text: str) -> Stated:
    """What a token states for ``text``; its signature is not looked at, and nobody vouches. Raises ProofError."""
    _, signer, at = _about(token, text)
    return Stated(at, signer.subject.rfc4514_string(), vouched=False)


def _about(token: bytes, text: str) -> tuple[TimeStampResponse, x509.Certificate, datetime]:
    """A token that answers for ``text``, whose certificate signed it, and when. Raises ProofError."""
    answer = _parsed(token)
    if not _same_digest(answer, text):
        raise ProofError("the timestamp is about something else than this checkpoint")
    return answer, _signer(answer), answer.tst_info.gen_time.astimezone(UTC)


def _parsed(token: bytes) -> TimeStampResponse:
    """The token as an object that has all its parts. Raises ProofError that says what came instead."""
    instead = _instead(token)
    if instead:
        raise ProofError(f"this is no timestamp: {instead}")
    try:
        answer = decode_timestamp_response(_in_order(token))
    except IndexError as error:
        raise ProofError("this is no timestamp: it is not in the form of RFC 3161") from error
    except ValueError as error:
        raise ProofError(f"this is no timestamp: {str(error)[:120]}") from error
    if answer.status != 0:
        word = _STATUS[answer.status] if answer.status < len(_STATUS) else f"status {answer.status}"
        said = "; ".join(answer.status_string)[:200]
        raise ProofError(f"the authority gave no timestamp: {word}" + (f" ({said})" if said else ""))
    try:
        answer.tst_info.gen_time, answer.tst_info.message_imprint, answer.signed_data.certificates  # noqa: B018
    except ValueError as error:
        raise ProofError(f"this is no timestamp: {str(error)[:120]}") from error
    return answer


def _instead(token: bytes) -> str | None:
    """What the bytes are where they are clearly no token."""
    start = token[:512].lstrip().lower()
    if not token:
        return "there is nothing in it"
    if start.startswith(b"<"):
        return "it is a web page"
    if token[0] != 0x30:
        return "it is not in the form of RFC 3161"
    try:
        _, _, end = _element(token, 0)
    except IndexError:
        return "it breaks off"
    if end > len(token):
        return f"it breaks off after {len(token)} of {end} bytes"
    return f"{len(token) - end} bytes follow its end" if end < len(token) else None


def _same_digest(answer: TimeStampResponse, text: str) -> bool:
    imprint = answer.tst_info.message_imprint
    name = _HASHES.get(imprint.hash_algorithm.dotted_string)
    if name is None:
        raise ProofError("the timestamp rests on a digest that is not trusted any more")
    return imprint.message == hashlib.new(name, text.encode()).digest()


def _signer(answer: TimeStampResponse) -> x509.Certificate:
    """The certificate of whoever signed. Raises ProofError."""
    try:
        held = [x509.load_der_x509_certificate(bytes(one)) for one in answer.signed_data.certificates]
        infos = list(answer.signed_data.signer_infos)
        signers = [
            one
            for one in held
            if infos and (one.issuer, one.serial_number) == (infos[0].issuer, infos[0].serial_number)
        ]
    except ValueError as error:
        raise ProofError(f"the certificates of the timestamp cannot be read: {str(error)[:120]}") from error
    if len(infos) != 1 or not signers:
        raise ProofError("the timestamp does not bring the certificate of the one who signed it")
    return signers[0]


def _client(answer: TimeStampResponse, text: str, roots: Sequence[x509.Certificate], other: str | None) -> None:
    """The judgement of rfc3161-client. Raises ProofError, which says what the ``other`` judge found."""
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(answer, text.encode())
    except (VerificationError, ValueError) as error:
        unlike = "; openssl takes it" if other == "" else ""
        raise ProofError(f"no trusted root vouches for the timestamp{unlike}: {_short(str(error))}") from error


def _openssl(
    token: bytes, text: str, at: datetime, trusted: Sequence[x509.Certificate], *, whole_chain: bool
) -> str | None:
    """What ``openssl ts -verify`` has against a token, "" for nothing, None where it cannot be asked."""
    program = shutil.which("openssl")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="archiver-") as folder:
        paths = {name: Path(folder) / name for name in ("text", "token", "trusted")}
        paths["text"].write_bytes(text.encode())
        paths["token"].write_bytes(token)
        paths["trusted"].write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in trusted))
        asked = [program, "ts", "-verify", "-data", str(paths["text"]), "-in", str(paths["token"])]
        asked += ["-CAfile", str(paths["trusted"]), "-attime", str(int(at.timestamp()))]
        asked += [] if whole_chain else ["-partial_chain"]
        try:
            ran = subprocess.run(  # noqa: S603 - the program that PATH names, and files of our own
                asked, capture_output=True, timeout=_PATIENCE, check=False, env={"LC_ALL": "C"}
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    if ran.returncode == 0 and b"Verification: OK" in ran.stdout:
        return ""
    lines = [line for line in ran.stderr.decode("utf-8", "replace").splitlines() if ":error:" in line]
    return _short(lines[-1].partition(":error:")[2] if lines else "no reason given")


def _short(reason: str) -> str:
    """The telling end of what a judge said."""
    return reason.rpartition("Verify error:")[2].strip(' "}])')[-160:] or "no reason given"


def _in_order(token: bytes) -> bytes:
    """The token with its certificates in the order that DER gives to a set.

    Some authorities, and openssl with a chain, send them in the order of the chain, and rfc3161-client then reads
    nothing at all. They stand outside of what is signed; the token itself is kept as it came.
    """
    _, start, _ = _element(token, 0)
    content = _children(token, start, _element(token, 0)[2])
    if len(content) < 2:
        return token
    (_, wrapped) = _children(token, *content[1][1:])[:2]
    signed = _children(token, *wrapped[1:])[0]
    for tag, first, last in _children(token, *signed[1:]):
        if tag == 0xA0:
            return token[:first] + b"".join(sorted(_whole(token, first, last))) + token[last:]
    return token


def _whole(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """Each element between two places, with its tag and length."""
    at = start
    for _, _, last in _children(data, start, end):
        yield data[at:last]
        at = last


def _children(data: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    found, at = [], start
    while at < end:
        found.append(_element(data, at))
        at = found[-1][2]
    if at != end:
        raise ValueError("the lengths of its parts do not add up")
    return found


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, first byte and end of the content of a DER element (X.690, 8.1). Raises IndexError where it breaks off."""
    tag, length = data[at], data[at + 1]
    start = at + 2
    if length & 0x80:
        many = length & 0x7F
        start += many
        data[start - 1]
        length = int.from_bytes(data[at + 2 : start], "big")
    return tag, start, start + length
