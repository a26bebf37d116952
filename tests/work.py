"""How much work something is: the same on every machine, quiet or busy."""

import sys
from collections.abc import Callable


def calls(do: Callable[[], object]) -> int:
    """How many functions are called, those written in C too."""
    events: list[str] = []
    sys.setprofile(lambda frame, event, argument: events.append(event))
    try:
        do()
    finally:
        sys.setprofile(None)
    return events.count("call") + events.count("c_call")
