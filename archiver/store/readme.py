"""What every archive says of itself in ``snapshots/README``, for whoever finds the folder in twenty years."""

TEXT = """\
SNAPSHOTS OF A NEWS ARCHIVE

This folder holds what was captured, byte for byte. It can be read without the program that wrote it, and the
file archive.db beside it (SQLite 3) can be made again from this folder alone.


Files

  ab/abcd....warc.gz   one WARC 1.1 file (ISO 28500:2017). Its name is the SHA-256 of the whole file in lower
                       case hex; the folder is called after the first two digits. So

                           sha256sum ab/abcd....warc.gz

                       must print the name of the file. Files are written once and never changed.
  README               this text
  log/                 what was entered, in order (see "The log")

Names that start with a dot are temporary and mean nothing.


Inside a file

A file is a row of gzip members (RFC 1952), one WARC record each; `gunzip -c` shows them all. The first record
is "warcinfo". Then, for each capture in turn:

  request, response    what was sent and what came back, as it travelled: chunks and compression are left as
                       they were. Redirects come before the answer they led to, and so does robots.txt.
  revisit              instead of "response": the server answered 304, or sent the same payload as the record
                       that WARC-Refers-To names. Only the head of the answer is kept.
  resource             the bytes of a file that somebody gave us, untouched; or an answer that was not HTTP.
                       WARC-Target-URI is the address that person named. Nobody checked it against the web. Where
                       none was named it is "ni:///sha-256;" and the digest in base64url (RFC 6920).
  conversion           the body of the response before it, decoded by the program that fetched it, where the
                       plain rules below do not give it back.
  metadata             application/json: what else is known of the capture. It always comes last, so captures can
                       be told apart by it.

A file may hold an act instead of captures: a metadata record of type application/vnd.archiver.act+json, which says what
a person decided about an article ("judgement": who, why, when, about which value), and after which capture.

Every record names the SHA-256 of its block (WARC-Block-Digest), responses that of their payload as it travelled
(WARC-Payload-Digest), both as "sha256:" and hex.


The metadata record

One JSON object (UTF-8, keys sorted, RFC 8785). Moments are UTC.

  schema           "archiver/capture/1"
  number           the capture's place in the order of the whole archive: 1, 2, 3 ...
  outcome          "kept", "unchanged", "not_modified", or why nothing was kept ("not_found", "timeout", ...)
  reason           the same in words
  grade            what the capture can claim: "fetch" (our own HTTP exchange), "archive" (a copy from another
                   archive), "file" (a file somebody gave us), "paste" (text from a clipboard or a pipe)
  requested_url    the address that was asked for
  url              the address that answered; for a file the one that person named, or null
  captured_at      when the bytes were received; null for a file, whose capture nobody witnessed
  added_at         when they were entered into the archive
  status           HTTP status of the last answer
  media_type, charset, format, language
                   as declared by the server or by the person
  filename         the name the file had
  headers          [name, value] pairs of the last answer
  sha256, size     of the body: transfer coding and content coding undone; null when there is none to keep
  payload_offset   the byte in this file at which the record with the body starts; null when an earlier capture
                   brought the same bytes: look for the record whose metadata has that sha256 and an offset
  notes            sentences for whoever reads this


Reading a body

Seek to payload_offset, unpack one gzip member, take what follows the first empty line. In a resource or conversion
record that is the body. In a response it is an HTTP message: take what follows its first empty line, undo
"Transfer-Encoding: chunked" (RFC 9112, 7.1), then "Content-Encoding" gzip or deflate (RFC 9110, 8.4.1).
The SHA-256 of what is left must be "sha256".


The log

log/ holds an append-only log: the leaves of a Merkle tree (RFC 6962) as files in the form of c2sp.org/tlog-tiles. Of
each capture, and of each reading of its text, there is one entry.

  log/tile/entries/...   up to 256 entries one after the other, each behind its length in two bytes, big-endian
  log/tile/0/...         the hashes of those entries, 32 bytes each: SHA-256 of a zero byte and the entry
  log/tile/1/...         the hash over each full tile of the level below, and so on
  log/head               three lines: a name, the number of entries, and the root of the tree in base64
  log/checkpoint         the same, signed by the owner of the archive (c2sp.org/tlog-checkpoint), where it was sealed
  log/checkpoints/...    every such checkpoint, called after its number of entries; witnesses may have signed it too
  log/anchors/...        timestamps (RFC 3161) of the first three lines of a checkpoint: number of entries, then digest

A tile that is not full is called after its width (000.p/17); it is replaced as the log grows. All else stays.

An entry is canonical JSON (RFC 8785) in the shape of an in-toto Statement (https://in-toto.io/Statement/v1). It holds
digests, numbers and moments, never texts or addresses. The one of a capture has the predicateType
"urn:archiver:leaf:capture:1" and names the digests of its metadata record, of its body and of the WARC file that holds
them. Whoever keeps a copy of log/head can tell later whether anything that was entered before was changed, removed or
put in another order.


What this proves

That the bytes are those which were entered here, unless somebody rewrote files, names and log alike. It does not prove
what a server said, nor that a file came from where a person says it came from.
"""

# The SHA-256 of every edition of this text that was ever written; older archives keep theirs.
EDITIONS = frozenset(
    {
        "f737dde7fd2dec45c5e2da023ada681e43342f96228230da2f905bf5d9980668",  # before there was a log
        "5c558324523dbd26c3b8dd6a54cd99ba806cfc9587035e4a4f8c460ef8d3a4ca",  # before there were seals
        "decdbe7c1dc4f285cce001a4373088d06f584495d8d75cf4d89a7f16b9eefd7d",
    }
)
