"""Commands behave as scripts rely on: one JSON object a line, exit statuses, messages apart from data, no colours
in pipes, no traceback whatever is typed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.cli import COMMANDS
from archiver.formats import FORMATS

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DUMP = (
    "Home\nNews\nOpinion\n\nHarbour Gazette > News > Ferry replaces bridge\n\nFerry replaces bridge\n\n"
    "By Ana Novak | 3 May 2024\n\n"
    + "".join(
        f"The council said on Monday that the ferry will cross {n} times a day until the bridge is mended, and that "
        "nobody will be asked to pay for the longer way round.\n\n"
        for n in range(3, 8)
    )
    + "Translated from suyolu.example\n\nYou may also like\n\nAnother story\n\n© 2025 Harbour Gazette\n"
)


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """One command as a process of its own, output in a pipe."""
    ran = subprocess.run(
        [sys.executable, "-m", "archiver", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
    )
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two pages."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "one.txt").write_text(DUMP)
    (folder / "two.txt").write_text(DUMP.replace("cross 5 times", "cross 50 times"))
    assert run("add", str(folder / "one.txt"), str(folder / "two.txt"), "--archive", str(folder)).returncode == 0
    return folder


@pytest.mark.parametrize("name", ["add", "read"])
def test_help_names_every_format(name: str) -> None:
    """What `--as` takes is told by `--help`."""
    told = " ".join(run(name, "--help").stdout.split())
    assert all(f"{known.name}," in told or f"{known.name};" in told or f"{known.name} or" in told for known in FORMATS)


GROUPS = {"outlet": ("list", "show"), "key": ("new", "rotate", "list"), "witness": ("new", "request", "sign", "add")}


@pytest.mark.parametrize("name", [name for section in COMMANDS.values() for name in section])
def test_every_command_has_help_with_an_example_and_its_one_line(name: str) -> None:
    """`--help` works, shows how to type it, and the overview's line is the first line of the help or agrees with it."""
    for words in ([name], *([name, sub] for sub in GROUPS.get(name, ()))):
        ran = run(*words, "--help")
        assert ran.returncode == 0
        assert "Example" in ran.stdout
        assert "Traceback" not in ran.stderr
        if words != [name] or name not in GROUPS:
            for option in ("--archive", "--json", "--quiet", "--no-color"):
                assert option in ran.stdout


def test_the_same_files_twice_add_nothing(tmp_path: Path) -> None:
    """New first, held the second time, same ids, status 0 both times."""
    (tmp_path / "one.txt").write_text(DUMP)
    told = [run("add", str(tmp_path / "one.txt"), "--archive", str(tmp_path / "a"), "--json") for _ in range(2)]
    lines = [json.loads(t.stdout) for t in told]
    assert [t.returncode for t in told] == [0, 0]
    assert [line["new"] for line in lines] == [True, False]
    assert len({line["id"] for line in lines}) == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nope"], 2),
        (["add"], 2),
        (["read"], 2),
        (["show", "zzzz"], 1),
        (["add", "missing.html"], 1),
        (["add", "ftp://news.example/a"], 1),
        (["add", "one.txt", "missing.html"], 3),
        (["add", "one.txt", "--captured-at", "yesterday"], 2),
        (["add", "one.txt", "--captured-at", "2024-05-01T12:00:00"], 2),
        (["add", "one.txt", "two.txt", "--url", "https://news.example/a"], 2),
        (["add", "one.txt", "--url", "not an address"], 2),
        (["add", ""], 2),
        (["add", "one.txt", "--as", "nothing"], 2),
        (["add", "one.txt", "--captured-at", "2999-01-01T00:00:00Z"], 2),
        (["add", "one.txt", "--captured-at", "0001-01-01T00:00:00+14:00"], 2),
        (["add", "one.txt", "--delay", "nan"], 2),
        (["list", "--since", "2024-13"], 2),
        (["audit", "--rule", "nope"], 2),
        (["audit", "--json", "--format", "csv"], 2),
        (["list", "--archive", "nowhere"], 1),
        (["read", "https://news.example/a"], 1),
        (["diff", "one.txt"], 2),
        (["diff", "one.txt", "one.txt"], 0),
        (["diff", "one.txt", "two.txt"], 0),
        (["diff", "--exit-code", "one.txt", "two.txt"], 1),
        (["audit", "--fail-on", "critical"], 0),
        (["audit", "--fail-on", "info"], 1),
        (["verify"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_statuses_and_errors(archive: Path, arguments: list[str], status: int) -> None:
    """Each case ends as the contract says; an error says what and what to do, and is no traceback."""
    arguments = [str(archive / a) if a in {"one.txt", "two.txt"} else a for a in arguments]
    where = [] if "--archive" in arguments else ["--archive", str(archive)]
    ran = run(*arguments, *where)
    assert ran.returncode == status, ran.stderr
    assert "Traceback" not in ran.stderr
    if status == 2 or (status == 1 and arguments[0] not in {"diff", "audit"}):
        assert ran.stderr.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["search", "ferry"],
        ["audit"],
        ["verify"],
        ["outlet", "list"],
        ["read", "one.txt"],
        ["diff", "one.txt", "two.txt"],
    ],
    ids=" ".join,
)
def test_json_is_one_object_a_line_and_nothing_else(archive: Path, arguments: list[str]) -> None:
    """Standard output is JSON lines only, each an object that names its schema or is a row."""
    arguments = [str(archive / a) if a.endswith(".txt") else a for a in arguments]
    ran = run(*arguments, "--json", "--archive", str(archive))
    lines = ran.stdout.splitlines()
    assert lines
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_no_colours_in_a_pipe_and_none_when_asked(archive: Path) -> None:
    """A pipe gets no escape sequence; CLICOLOR_FORCE gives colours, NO_COLOR and --no-color take them away."""
    show = ["list", "--archive", str(archive)]
    assert "\x1b" not in run(*show).stdout
    assert "\x1b" in run(*show, CLICOLOR_FORCE="1").stdout
    assert "\x1b" not in run(*show, CLICOLOR_FORCE="1", NO_COLOR="1").stdout
    assert "\x1b" not in run(*show, "--no-color", CLICOLOR_FORCE="1").stdout


def test_jsonl_answers_every_line_in_order() -> None:
    """Same order, same ids; a line that fails answers its id and an error; the status says partly done."""
    asked = [
        {"id": "a", "text": "Translated from suyolu.example", "zone": "bottom", "language": "en"},
        {"id": "b", "path": "no such file"},
        {"id": "c", "html": "<h1>Ferry</h1><p>It crosses.</p>", "url": "https://news.example/c"},
        {"id": "d"},
    ]
    lines = "\n".join(map(json.dumps, asked)) + "\nnot json\n"
    ran = run("read", "--jsonl", "-", stdin=lines.encode())
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [t["id"] for t in told] == ["a", "b", "c", "d", None]
    assert ["error" in t for t in told] == [False, True, False, True, True]
    assert told[0]["origins"][0]["kind"] == "translation"
    assert ran.returncode == 3


def test_the_same_bytes_give_the_same_json_anywhere(archive: Path, tmp_path: Path) -> None:
    """Another time zone, locale, hash seed, working folder and order of files change no byte of a record."""
    files = [str(archive / "one.txt"), str(archive / "two.txt")]
    plain = run("read", "--json", *files).stdout.splitlines()
    for environment in (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
    ):
        assert run("read", "--json", *files, **environment).stdout.splitlines() == plain
    assert run("read", "--json", *reversed(files)).stdout.splitlines() == plain[::-1]
    assert run("read", "--json", "--jobs", "2", *files).stdout.splitlines() == plain


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """--dry-run says what would be kept and makes no archive."""
    (tmp_path / "one.txt").write_text(DUMP)
    ran = run(
        "add", str(tmp_path / "one.txt"), "http://127.0.0.1:9/x", "-n", "--archive", str(tmp_path / "a"), "--json"
    )
    assert ran.returncode == 0, ran.stderr
    assert not (tmp_path / "a").exists()
    assert [json.loads(line)["new"] for line in ran.stdout.splitlines()] == [True, True]


def test_a_hostile_title_reaches_the_terminal_as_text(tmp_path: Path) -> None:
    """An escape sequence in a headline is shown as its code in every command that prints titles."""
    page = f"<h1>\x1b]0;owned\x07Ferry \x1b[31mreplaces bridge</h1><p>{DUMP}</p>"
    (tmp_path / "evil.html").write_text(page)
    where = ["--archive", str(tmp_path / "a")]
    outputs = [run("add", str(tmp_path / "evil.html"), *where), run("list", *where), run("search", "ferry", *where)]
    assert all(ran.returncode == 0 for ran in outputs)
    assert not any(c in ran.stdout + ran.stderr for ran in outputs for c in "\x1b\x07")


def test_a_declared_machine_translation_is_told_in_record_list_and_audit(tmp_path: Path) -> None:
    """What the page says of the machine reaches everybody who looks: `show`, `list` and `audit`."""
    (tmp_path / "page.txt").write_text(DUMP.replace("Translated from", "Translated by machine from"))
    where = ["--archive", str(tmp_path / "a")]
    added = json.loads(run("add", str(tmp_path / "page.txt"), "--json", *where).stdout)
    shown = run("show", added["id"], *where).stdout
    assert "machine translation from" in shown
    assert "By its own words a machine translated the text" in run("audit", *where).stdout
    assert "machine-translated from" in run("list", "--json", *where).stdout


def test_a_list_on_standard_input_and_pasted_text(tmp_path: Path) -> None:
    """Addresses on standard input are fetched (here: refused by the guard); anything else is pasted text."""
    where = ["--archive", str(tmp_path / "a"), "--json"]
    ran = run("add", "-", *where, stdin=b"http://127.0.0.1/a\nhttp://10.0.0.1/b\n")
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [t["outcome"] for t in told] == ["guard", "guard"]
    assert ran.returncode == 1
    pasted = run("add", "-", *where, stdin=DUMP.encode())
    assert json.loads(pasted.stdout)["new"] is True


def test_help_imports_nothing_heavy() -> None:
    """The overview loads neither the readers nor the store nor the network."""
    heavy = "('lxml', 'trafilatura', 'requests', 'sqlite_utils', 'datasette', 'rich')"
    code = (
        "import sys; sys.argv = ['archiver', '--help']\nfrom archiver.cli import main\n"
        f"try: main()\nexcept SystemExit: pass\nprint(sorted(m for m in {heavy} if m in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_an_output_that_goes_away_is_no_traceback(archive: Path) -> None:
    """A reader that stops, a full disk and closed streams each end in a status and at most a message."""
    command = f"{sys.executable} -m archiver"
    where = f"--archive {archive}"
    for line, status in (
        (f"{command} outlet list {where} | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}", 0),
        (f"{command} list {where} > /dev/full", 1),
        (f"{command} verify --json {where} > /dev/full", 1),
        (f"{command} add - {where} <&-", 2),
        (f"{command} read - {where} <&-", 2),
    ):
        ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
        assert ran.returncode == status, (line, ran.stderr)
        assert "Traceback" not in ran.stderr


def test_a_folder_gives_its_pages_and_nothing_that_links_lead_to(tmp_path: Path) -> None:
    """Links out of the folder, hidden files and the snapshots of an archive inside it are no pages."""
    pages = tmp_path / "pages"
    (pages / "deep").mkdir(parents=True)
    (pages / "deep" / "one.txt").write_text(DUMP)
    (pages / ".hidden.txt").write_text(DUMP + "hidden")
    (tmp_path / "outside.txt").write_text(DUMP + "outside")
    (pages / "link.txt").symlink_to(tmp_path / "outside.txt")
    (pages / "loop").symlink_to(pages)
    for _ in range(2):
        ran = run("add", str(pages), "--archive", str(pages), "--json")
        assert [Path(json.loads(line)["target"]).name for line in ran.stdout.splitlines()] == ["one.txt"]


def test_a_bad_entry_of_a_list_is_one_failure(tmp_path: Path) -> None:
    """The other entries are kept; the bad one is named by its number."""
    (tmp_path / "one.txt").write_text(DUMP)
    (tmp_path / "list.jsonl").write_text('{"path": "one.txt"}\nnot json\n{"url": 5}\n')
    ran = run("add", str(tmp_path / "list.jsonl"), "--archive", str(tmp_path / "a"))
    assert ran.returncode == 3
    assert "entry 2" in ran.stderr
    assert "entry 3" in ran.stderr


def test_nothing_added_leaves_no_archive_behind(tmp_path: Path) -> None:
    """A mistyped file name makes no empty archive."""
    assert run("add", "nofile.html", "--archive", str(tmp_path / "a")).returncode == 1
    assert not (tmp_path / "a").exists()
