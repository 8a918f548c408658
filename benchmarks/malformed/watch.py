"""One call in a process of its own, stopped after so many seconds of CPU, its memory and its end written down.

The process is a copy of this one (fork), so that nothing is loaded twice and the peak memory is that of a reader
which met this one input: what the libraries and the packaged tables take is part of it.
"""

import os
import pickle
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Beyond this the machine itself would suffer; what is promised is measured, not enforced.
_BACKSTOP_BYTES = 4 << 30
_WAITS = 6  # wall clock beyond the CPU limit, as a multiple: machines are shared


@dataclass(frozen=True, slots=True)
class Seen:
    """How a call ended: "done" with its ``answer``, "traceback", "hang" or "killed"; seconds of CPU, peak in MiB."""

    end: str
    answer: Any
    cpu: float
    peak: float


def watched(call: Callable[[], Any], *, seconds: int) -> Seen:
    """Run ``call`` in a copy of this process. What it returns must be small and picklable."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _run(call, theirs, seconds)
    os.close(theirs)
    said = _heard(ours, child, seconds * _WAITS)
    os.close(ours)
    _, status, usage = os.wait4(child, 0)
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    if said:
        end, answer = pickle.loads(said)
        return Seen(end, answer, cpu, peak)
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number in {signal.SIGXCPU, signal.SIGKILL}:
        return Seen("hang", f"more than {seconds} s", cpu, peak)
    return Seen("killed", f"signal {number}" if number else f"status {os.waitstatus_to_exitcode(status)}", cpu, peak)


def _run(call: Callable[[], Any], pipe: int, seconds: int) -> None:
    """In the child: never returns."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (_BACKSTOP_BYTES, _BACKSTOP_BYTES))
    try:
        answer = pickle.dumps(("done", call()))
    except BaseException:
        answer = pickle.dumps(("traceback", traceback.format_exc()[-4000:]))
    with os.fdopen(pipe, "wb") as stream:
        stream.write(answer)
    os._exit(0)


def _heard(pipe: int, child: int, patience: float) -> bytes:
    """All that the child writes before it closes the pipe; what takes longer than ``patience`` is killed."""
    said = b""
    end = time.monotonic() + patience
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            return b""
        piece = os.read(pipe, 65_536)
        if not piece:
            return said
        said += piece
