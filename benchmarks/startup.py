"""What `archiver --help` costs, beside an empty click program in the same run."""

import subprocess
import sys
import time

EMPTY = "import click\n@click.group()\ndef cli(): pass\ncli(['--help'], standalone_mode=False)"
OURS = "import sys\nsys.argv = ['archiver', '--help']\nfrom archiver.cli import main\nmain()"


def best(code: str, runs: int) -> float:
    """The shortest of ``runs`` runs of one program, in seconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    empty, ours = best(EMPTY, 15), best(OURS, 15)
    print(f"empty click program {empty * 1000:.0f} ms, archiver --help {ours * 1000:.0f} ms, ratio {ours / empty:.2f}")
