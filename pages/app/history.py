"""The steps of a visitor's work: every setting as it was, to go back and forth in."""

from __future__ import annotations

from dataclasses import field

from segmentation.dataclass import dataclass

MOST = 200  # steps kept; the oldest go first


@dataclass
class History:
    """Studies as JSON, oldest first; `at` is the one in hand, and `first` the number of the oldest that is kept.

    A step has a number that never changes, so that what is kept elsewhere need not be written anew.
    """

    steps: list[str] = field(default_factory=list)
    at: int = -1
    first: int = 0

    @property
    def number(self) -> int:
        """The number of the step in hand."""
        return self.first + self.at

    def record(self, study: str) -> bool:
        """A further step, in place of those that were undone; False where it is the step in hand."""
        if self.steps and study == self.steps[self.at]:
            return False
        del self.steps[self.at + 1 :]
        self.steps.append(study)
        if surplus := max(len(self.steps) - MOST, 0):
            del self.steps[:surplus]
            self.first += surplus
        self.at = len(self.steps) - 1
        return True

    def go(self, to: int) -> str | None:
        """The study at another place among the steps, now in hand; None where there is no such step."""
        if not 0 <= to < len(self.steps):
            return None
        self.at = to
        return self.steps[to]
