"""What becomes of a file or a study that was changed by lot: a result or a sentence; anything else is a failure."""

from __future__ import annotations

import functools
import os
import random
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from segmentation import Customers, Problem, Study, read
from tests.apart.jobs import everything
from tests.fuzz import books, files, studies
from tests.places import SAMPLES

LIMIT = 10.0  # seconds of processor time


@dataclass(frozen=True)
class Failure:
    """An input that ended in neither a result nor a sentence: its number under its seed, its bytes, and how it ended."""

    seed: str
    name: str
    content: bytes
    told: str

    def save(self, folder: Path) -> Path:
        """The input and what was told of it, as files."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.seed.replace(' ', '-')}-{self.name}"
        path.write_bytes(self.content)
        path.with_name(f"{path.name}.told.txt").write_text(f"seed {self.seed}\n{self.told}", encoding="utf-8")
        return path


class TooLong(BaseException):
    """The processor time is used up; no `except Exception` on the way may hide that."""


def used() -> float:
    """Seconds of processor time so far, those of processes that have ended too."""
    return sum(os.times()[:4])


def outcome(do: Callable[[], object], limit: float = LIMIT, used: Callable[[], float] = used) -> str:
    """How something ended: "result", "sentence", or what went wrong."""

    def too_long(*_: object) -> None:
        raise TooLong

    before, start = signal.signal(signal.SIGPROF, too_long), used()
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        do()
        ended = "result"
    except Problem as problem:
        ended = "sentence" if str(problem).strip() else "a Problem without a sentence"
    except TooLong:
        ended = f"over {limit} s of processor time\n{traceback.format_exc()}"
    except Exception:
        ended = traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    took = used() - start
    return ended if took < limit else f"{took:.1f} s of processor time: {ended}"


def read_file(name: str, content: bytes) -> None:
    """All that a page works out of a file, and what of it is handed on."""
    everything(content, name)


@functools.cache
def customers() -> Customers:
    return Customers.build(read(SAMPLES / "cutting_tools_firms.csv"))


def load_study(name: str, content: bytes) -> None:
    """A study is loaded, saved, loaded again as it was, and used."""
    study = Study.from_json(content)
    assert Study.from_json(study.to_json()).to_json() == study.to_json()
    study.segmentation(study.completed(customers()))


MAKE: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    "file": files.make,
    "light-file": lambda lot: files.make(lot, light=True),
    "study": lambda lot: ("study.json", studies.make(lot)),
}


def made(seed: str) -> tuple[str, bytes]:
    """The name and bytes that belong to a seed such as "file 7 123": kind, seed of the run, number in it."""
    return MAKE[seed.split()[0]](random.Random(seed))


def failures(kind: str, seed: int, count: int, first: int = 0) -> Iterator[Failure | None]:
    """Of each input what went wrong, else None."""
    with warnings.catch_warnings(), books.warm() as opened:
        warnings.simplefilter("ignore")
        for number in range(first, first + count):
            name, content = made(one := f"{kind} {seed} {number}")
            do = load_study if kind == "study" else read_file
            ended = outcome(functools.partial(do, name, content), used=lambda: used() + opened.seconds)
            yield None if ended in ("result", "sentence") else Failure(one, name, content, ended)
