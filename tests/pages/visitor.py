"""Somebody who opens the app, presses and chooses, and reads what it says; every step must go without a crash."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from segmentation import formats

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data"
SHOES, KIDS = "shoe_maker_orders.csv", "kids_loyalty_receipts.csv.gz"
PAGES = {"Data": "pages/data.py", "Segments": "pages/segments.py", "Portfolio": "pages/portfolio.py"}


class Visitor:
    """One session of the app."""

    def __init__(self) -> None:
        self.at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        self.look()

    def look(self) -> Visitor:
        self.at.run()
        assert not self.at.exception, [said.value for said in self.at.exception]
        return self

    def go(self, page: str) -> Visitor:
        self.at.switch_page(PAGES[page])
        return self.look()

    def press(self, key: str) -> Visitor:
        self.at.button(key=key).click()
        return self.look()

    def choose(self, key: str, value: Any) -> Visitor:
        self.at.selectbox(key=key).set_value(value)
        return self.look()

    def move(self, key: str, value: Any) -> Visitor:
        self.at.slider(key=key).set_value(value)
        return self.look()

    def write(self, key: str, value: Any) -> Visitor:
        self.at.number_input(key=key).set_value(value)
        return self.look()

    def sample(self, name: str = SHOES) -> Visitor:
        state = self.at.session_state
        if "other files" in state and not state["other files"]:  # a file is there already
            self.open("other files")
        return self.press(f"sample {name}")

    def upload(self, content: bytes | str, name: str = "file.csv", key: str = "") -> Visitor:
        return self.drop({name: content}, key)

    def drop(self, files: dict[str, bytes | str], key: str = "") -> Visitor:
        """Drop several files at once; without a key on the page's own zone, which has a new key after each drop."""
        given = [
            (name, content.encode() if isinstance(content, str) else content, "application/octet-stream")
            for name, content in files.items()
        ]
        zones = [
            zone for zone in self.at.file_uploader if zone.key == key or (not key and zone.key.startswith("files "))
        ]
        zones[0].set_value(given)
        return self.look()

    def open(self, key: str) -> Visitor:
        """Unfold something."""
        self.at.session_state[key] = True
        return self.look()

    @property
    def title(self) -> str:
        return self.at.title[0].value

    @property
    def problems(self) -> list[str]:
        """What the red boxes say."""
        return [unescaped(box.value) for box in self.at.error]

    @property
    def words(self) -> str:
        """Every sentence on the page, as a reader sees it."""
        return "\n".join(unescaped(said.value) for said in (*self.at.success, *self.at.markdown, *self.at.caption))

    @property
    def study(self) -> Any:
        return self.at.session_state["study"]

    def table(self, alt: str) -> Any:
        """The rows of the table a screen reader calls this."""
        return next(table.value for table in self.at.dataframe if table.proto.alt == alt)

    @property
    def python(self) -> str:
        """The Python call, after opening what explains the numbers."""
        self.at.session_state["explained"] = True
        return self.look().at.code[0].value

    def figure(self, label: str) -> str:
        return next(unescaped(metric.value) for metric in self.at.metric if metric.label == label)


def unescaped(text: str) -> str:
    """Markdown as it is read: without backslashes, stars and what keeps an address from becoming a link."""
    return re.sub(r"\\(.)", r"\1", text.replace("**", "").replace(formats.JOINER, ""))


def says_what_to_do(sentence: str) -> bool:
    """One sentence for people: it ends, and holds neither code nor the name of a library or an error."""
    jargon = r"Traceback|Error\b|Exception|pandas|pyarrow|duckdb|numpy|polars|calamine|openpyxl|\bNone\b|\bnan\b|0x[0-9a-f]{6}"
    return sentence.endswith(".") and len(sentence) > 20 and not re.search(jargon, sentence)
