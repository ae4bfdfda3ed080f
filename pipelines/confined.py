"""The fence around a worker process: limits, no network, and an end when its supervisor ends.

What a system does not have is left out: all of it works on Linux, limits and the refusal of
connections on other Unix systems, the refusal alone on Windows.
"""

import ctypes
import math
import os
import select
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from multiprocessing import parent_process
from pathlib import Path
from typing import Final

from pipelines.limits import Limits

try:
    import fcntl
    import resource
except ImportError:  # Windows has neither
    fcntl = resource = None  # type: ignore[assignment]

_NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET of sched.h
_NEW_USER: Final = 0x10000000  # CLONE_NEWUSER
_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS of prctl.h
_SOCKET_CALLS: Final = frozenset(
    ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
)
_NAME_CALLS: Final = frozenset(
    (
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
        "socket.getservbyname",
        "urllib.Request",
    )
)
_GRACE: Final = 1
"""Seconds after which the system ends a process whose supervisor is too busy to do so."""


def confine(limits: Limits) -> None:
    """Put up the fence around this process, for good."""
    _lead_own_group()
    _die_with_supervisor()
    _leave_network()
    _be_silent()
    if resource is not None:
        _limit("RLIMIT_AS", address_space() + limits.memory_bytes)
        _limit("RLIMIT_FSIZE", limits.written_bytes)
        _limit("RLIMIT_NOFILE", limits.open_files)
        _limit("RLIMIT_CORE", 0)


def start_document(folder: Path, limits: Limits) -> None:
    """Make `folder` the place of temporary files, and start the clocks of one document."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = str(folder)
    tempfile.tempdir = str(folder)
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = math.ceil(used.ru_utime + used.ru_stime) + limits.seconds + _GRACE
        _limit("RLIMIT_CPU", seconds)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak of memory starts anew


def stop_clocks() -> None:
    """Stop the clock that `start_document` started: nothing is being read."""
    if resource is not None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def address_space() -> int:
    """Return the bytes of address space that this process has; 0 where nobody tells."""
    return _pages(0)


def resident_bytes() -> int:
    """Return the bytes of memory that this process holds; 0 where nobody tells."""
    return _pages(1)


def peak_bytes() -> int | None:
    """Return the most memory held since `start_document`; None where nobody tells."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) << 10
    return None


def _pages(field: int) -> int:
    try:
        counted = Path("/proc/self/statm").read_text().split()
    except OSError:
        return 0
    return int(counted[field]) * os.sysconf("SC_PAGE_SIZE")


def _lead_own_group() -> None:
    """Lead a group of processes: what is started from here ends together with it."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _die_with_supervisor() -> None:
    """Have the system end the whole group when the supervisor's end of a pipe closes.

    The server that forked this process is its parent, and outlives a supervisor that was killed
    for as long as there are workers; so a signal at the parent's death would come too late.
    """
    supervisor = parent_process()
    if supervisor is None or fcntl is None or not hasattr(fcntl, "F_SETSIG"):
        return
    pipe = supervisor.sentinel
    fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([pipe], [], [], 0)[0]:  # it went before the signal was ordered
        os._exit(1)


def _leave_network() -> None:
    """Move to a network without interfaces where that is allowed, and refuse calls in any case."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        if library.unshare(_NEW_NETWORK) != 0:
            _leave_network_as_own_user(library)
    sys.addaudithook(_refuse_network)


def _leave_network_as_own_user(library: ctypes.CDLL) -> None:
    user, group = os.getuid(), os.getgid()
    if library.unshare(_NEW_NETWORK | _NEW_USER) != 0:
        return
    with suppress(OSError):
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in _SOCKET_CALLS:
        if getattr(arguments[0], "family", None) == getattr(socket, "AF_UNIX", None):
            return
    elif event not in _NAME_CALLS:
        return
    raise PermissionError("a document may not use the network")


def _be_silent() -> None:
    """Send what libraries print about a document nowhere: it could forge lines of a log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit(name: str, most: int) -> None:
    kind = getattr(resource, name)
    _, hard = resource.getrlimit(kind)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (soft, hard))
