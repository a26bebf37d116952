"""The running app as the page benchmarks use it: a seeded file, and a server of its own on this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
APP, LAUNCH = ROOT / "app.py", ROOT / "launch.py"
LAST_DAY = pd.Timestamp("2026-06-30")
PATIENCE = 60  # seconds until a server must answer


@dataclass(frozen=True)
class Server:
    """A Streamlit server: its process, and its port on 127.0.0.1."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def memory(self) -> float:
        """Resident memory of the server in MB."""
        return _resident(self.process.pid)

    def memory_of_all(self) -> float:
        """Resident memory in MB of the server and of the processes it has started."""
        return sum(map(_resident, [self.process.pid, *_children(self.process.pid)]))

    def busy(self) -> float:
        """Processor seconds the server has used, which say more than the clock where others use the machine too."""
        return time.clock_gettime(~self.process.pid << 3 | 2)  # Linux: the clock of a process, for all its threads


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:  # it has just ended
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _children(process: int) -> list[int]:
    return [int(one.name) for one in Path("/proc").glob("[0-9]*") if _parent(one) == process]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return 0


def write_customers(path: Path, rows: int) -> None:
    """A customer table of so many rows, drawn from a seed, as Parquet."""
    from benchmarks.moves import customers

    frame = customers(rows).frame
    last_order = LAST_DAY - pd.to_timedelta(frame["recency_days"], unit="D")
    frame.assign(last_order=last_order.astype("datetime64[s]")).to_parquet(path)


@contextmanager
def running(script: Path, *arguments: Path, **settings: int) -> Iterator[Server]:
    """A server of a script and, after it, what the script is given; ended on leaving.

    settings   of Streamlit's server, by name: then it is Streamlit's own command that starts it
    """
    port = _free_port()
    if script == APP and not settings:  # as visitors find it
        begin, options = [str(LAUNCH)], ["--port", str(port), "--address", "127.0.0.1"]
    else:
        begin = ["-m", "streamlit", "run", str(script), "--server.port", str(port)]
        options = [*(f"--server.{name}={value}" for name, value in settings.items()), "--"]
    command = [sys.executable, *begin, *options, *map(str, arguments)]
    with TemporaryDirectory() as kept:  # what visitors do is kept as usual, but not among one's own
        environment = {**os.environ, "SEGMENT_LAB_DATA": kept, "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)
        server = Server(process, port)
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _wait(server: Server) -> None:
    for _ in range(PATIENCE * 10):
        if server.process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {PATIENCE} s")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
