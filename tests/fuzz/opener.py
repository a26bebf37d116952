"""What `books.py` keeps warm: python -P opener.py FOLDER, the folder of `worksheets.py`; it imports what that imports."""

from __future__ import annotations

import os
import pickle
import resource
import sys
import tempfile
from importlib import import_module
from typing import IO


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Open each workbook that is asked for in a process forked for it, until nobody asks any more."""
    opening = import_module("worksheets")
    for name in ("numpy.ma", "pyarrow.compute", "python_calamine", "oddities", "markup", "limits"):
        import_module(name)
    while True:
        try:
            content, sheet, seconds = pickle.load(asked)
        except EOFError:
            return
        with tempfile.TemporaryFile() as out:
            before, child = _taken(), os.fork()
            if not child:
                opening.limit(seconds)
                status = opening.run(content, sheet[0] if sheet else None, out)
                out.flush()
                os._exit(status)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            out.seek(0)
            pickle.dump((status, out.read(), _taken() - before), answers)
        answers.flush()


def _taken() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    serve(sys.stdin.buffer, sys.stdout.buffer)
