"""Pictures of a report that can still be moved, in one file, opened without the app and without a network.

What draws the board there is what draws it here; the counts follow from what lies between the places of the lines, which
is sent with them.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from segmentation.analysis.summary import figures
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.lines import lines_of, stated, stays_exact
from segmentation.analysis.thresholds.ruled import compared
from segmentation.analysis.thresholds.valued import valued
from segmentation.board import data_of, own, scripts, styles
from segmentation.board.lines import marked, together
from segmentation.board.numbers.numbers import numbers
from segmentation.board.pareto.pareto import pareto
from segmentation.board.script import packed
from segmentation.board.sizes.sizes import sizes
from segmentation.report import palette
from segmentation.report.findings import Findings
from segmentation.segments.pinning import Pinned
from segmentation.segments.rules import Ruled

MOST = 750_000  # bytes of all boards, packed: with what draws them and the pictures on paper a file stays below 2 MB
LEVEL = 6  # of packing: the highest takes twice as long for one part in a hundred
SAID = (
    "Drag a line: sizes and numbers follow, here in this file. What is written above and below tells of the lines as "
    "they stood when it was taken away."
)
FIXED = (
    "The lines of this one can be dragged in the app only: what they would hold elsewhere is not known to this file."
)
START = """
async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
}
const vega = URL.createObjectURL(new Blob([await unpacked("vega")], { type: "text/javascript" }))
for (const place of [...document.querySelectorAll(".alive")].filter((one) => document.getElementById(one.dataset.held))) {
  const data = JSON.parse(await unpacked(place.dataset.held))
  for (const { data: held } of [...data.columns.flat(), ...data.below]) if (held?.script) held.script = vega
  place.closest("section").classList.add("moves")
  board({ data, parentElement: place, setTriggerValue: () => {} })
}
"""
LOOKS = """
.alive { display: none; max-width: 1100px; margin: 1.2em calc(50% - min(550px, 50vw - 20px)) 0; }
@media screen {
  .moves .alive { display: block }
  .moves > .pictured, .moves ~ .again > .pictured, .moves ~ .again:is(.cuts, .edges) { display: none }
}
"""  # on paper, and where nothing may run, the picture as it stood


class Boards:
    """The boards of one file, each put where it is wanted; those there is room for in a mail, the small ones first."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._shown: set[tuple[int, str]] = set()

    def place(self, findings: Findings) -> str:
        """Where the board of these findings goes, as HTML; a sentence where its counts are not known at once."""
        from altair.utils.schemapi import debug_mode

        with debug_mode(False):  # whether our own charts are right is for tests to see
            data = board_of(findings)
        held = base64.b64encode(gzip.compress(json.dumps(data).encode(), LEVEL, mtime=0)).decode() if data else ""
        if not held:
            return f'<p class="fixed">{FIXED}</p>' if _has_lines(findings) else ""
        self._held.append(held)
        picture = data["columns"][0][0]["name"]  # type: ignore[index]
        self._shown |= {(id(findings), one) for one in (["pareto"] if picture == "pareto" else ["cuts", "edges"])}
        said = f"<p>{SAID}</p>" if len(self._held) == 1 else ""
        return f'<div class="alive" data-held="held{len(self._held)}">{said}<div class="board"></div></div>'

    def shows(self, findings: Findings, picture: str) -> bool:
        """Whether the board of these findings shows what this picture does."""
        return (id(findings), picture) in self._shown

    def parts(self) -> Iterator[str]:
        """What draws them, and what they hold, as HTML at the end of the page; nothing where there is none."""
        if kept := self._fitting():
            yield f"<style>{styles()}{LOOKS}{_theme()}</style>"
            yield _kept("vega", base64.b64encode(packed().result()).decode())
            yield from (_kept(f"held{at + 1}", self._held[at]) for at in kept)
            yield f'<script type="module">{_script()}</script>'

    def _fitting(self) -> list[int]:
        """Which of them there is room for."""
        small = sorted(range(len(self._held)), key=lambda at: len(self._held[at]))
        ends = itertools.accumulate(len(self._held[at]) for at in small)
        return sorted(at for at, end in zip(small, ends, strict=True) if end <= MOST)

    @property
    def allowed(self) -> str:
        """What the page must be allowed beyond its own texts and pictures."""
        if not self._fitting():
            return ""
        digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
        return f"; script-src 'sha256-{digest}' blob:"


def board_of(findings: Findings) -> dict[str, Any] | None:
    """What a board of these findings is sent, where all that its lines can be put to is known at once; None elsewhere."""
    study, made = findings.study, findings.segmentation
    method, values = study.chosen, study.values()
    given, stands = stated(method, values, made)
    lines, _ = marked(method, given, stands)
    row = _row(stands.placing, lines) if isinstance(stands.placing, Ruled) else None
    known = row is not None or stays_exact(stands, lines) or valued(method, values, made)
    if not known or isinstance(made, Pinned):  # who is pinned may cross a line, which nobody would know there
        return None
    summary = figures(made)
    first = own(method, values, made, study.currency, row) or pareto(made, method, values)
    if row is not None:  # another one would have to be asked for
        first["data"] |= {"opens": [row]}
        first["hint"] = f"drag the lines of row {row + 1}"
    if first["data"] and not _meets(first["data"]) and any(each := together(stands, lines)):
        first["data"] |= {"joint": each}
    below = [numbers(summary, "Segment", study.currency)]
    return {**data_of([[first], [sizes(summary, method.reference)]], made, below=below), "alone": True}


def _meets(drawn: Mapping[str, Any]) -> bool:
    """Whether what is drawn has all that is told of cells in which orderings meet."""
    return all(json.loads(drawn.get("still", "{}")).get("joint", [None]))


def _has_lines(findings: Findings) -> bool:
    return bool(lines_of(findings.study.chosen, findings.study.values(), findings.segmentation))


def _row(placing: Ruled, lines: Sequence[Line]) -> int | None:
    """Of rules the first row whose numbers compare one column alone: wherever its lines are, all rows are counted."""
    each, held = compared(placing), {line.run for line in lines}
    rows = [each[run].row for run in sorted(held)]
    return next((row for row in rows if rows.count(row) == 1), None)


@cache
def _script() -> str:
    return f"{scripts()}{START}".replace("</", "<\\/")


def _kept(name: str, packed: str) -> str:
    return f'<script type="text/plain" id="{name}">{packed}</script>'


def _theme() -> str:
    """What the board asks of the page around it, in the app's light theme."""
    light = palette.theme()
    said = {
        "font": "system-ui, sans-serif",
        "text-color": light["textColor"],
        "background-color": "white",
        "primary-color": light["primaryColor"],
        "link-color": light["linkColor"],
        "border-color": light["borderColor"],
        "base-radius": "0.5rem",
        "chart-categorical-colors": ",".join(light["chartCategoricalColors"]),
    }
    return f".alive {{ {' '.join(f'--st-{name}: {value};' for name, value in said.items())} }}"
