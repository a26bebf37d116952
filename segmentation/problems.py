"""The only error a user is meant to meet."""

from collections.abc import Sequence


class Problem(Exception):
    """One sentence a person can act on: what was found, where, and what to do about it.

    Everything in this package raises it for input that cannot be used; the shell prints it on one
    line and exits with status 2, a page shows it and keeps what was there before. Any other
    exception is a defect of ours.

    typed   what would solve it, as the shell takes it: options, each with its value
    """

    def __init__(self, sentence: str = "", typed: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.typed = tuple(typed)


class DayNeeded(Problem):
    """A day to look back from would solve it: the file itself names none."""
