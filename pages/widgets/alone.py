"""A report whose pictures can still be moved: one file, opened without the app and without a network.

What draws the board there is what draws it here; the counts follow from what lies between the places of the lines, which
is sent with them.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pages.app import vega
from segmentation.board import data_of, scripts, styles
from segmentation.report import palette
from segmentation.report.html import PLACE, POLICY
from segmentation.segments.segmentation import Segmentation

SAID = (
    "Drag a line: sizes and numbers follow, here in this file. What is written above and below tells of the lines as "
    "they stood when it was taken away."
)
START = """
async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text()
}
const vega = URL.createObjectURL(new Blob([await unpacked("vega")], { type: "text/javascript" }))
const data = JSON.parse(await unpacked("held"))
for (const { data: held } of [...data.columns.flat(), ...data.below]) if (held?.script) held.script = vega
board({ data, parentElement: document.getElementById("alive"), setTriggerValue: () => {} })
"""
LOOKS = """
#alive { max-width: 1100px; margin: 0 calc(50% - min(550px, 50vw - 20px)) 2.4em; }
@media print { #alive { display: none } }
"""


def alone(
    report: bytes, columns: Sequence[Sequence[dict[str, Any]]], below: Sequence[dict[str, Any]], of: Segmentation
) -> bytes:
    """The report with a board of these cards in it, whose lines all lie along one ordering (see `stays_exact`)."""
    script = f"{scripts()}{START}".replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    data = json.dumps({**data_of(columns, of, below=below), "alone": True})
    packed = {"vega": vega.packed().result(), "held": gzip.compress(data.encode(), mtime=0)}
    placed = [
        f'<style>{styles()}{LOOKS}{_theme()}</style><section id="alive"><p>{SAID}</p><div class="board"></div></section>',
        *(
            f'<script type="text/plain" id="{name}">{base64.b64encode(one).decode()}</script>'
            for name, one in packed.items()
        ),
        f'<script type="module">{script}</script>',
    ]
    allowed = f"{POLICY}; script-src 'sha256-{digest}' blob:"
    return report.decode().replace(POLICY, allowed, 1).replace(PLACE, "".join(placed), 1).encode()


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
    return f"#alive {{ {' '.join(f'--st-{name}: {value};' for name, value in said.items())} }}"
