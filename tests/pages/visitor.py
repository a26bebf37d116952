"""Somebody who opens the app, presses and chooses, and reads what it says; every step must go without a crash."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from segmentation import formats

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data"
SHOES, KIDS = "shoe_maker_orders.csv", "kids_loyalty_receipts.csv.gz"
PATIENCE = 300  # seconds a page is waited for: the machine may be busy
PAGES = {
    "Data": "pages/data.py",
    "Segments": "pages/segments.py",
    "Portfolio": "pages/portfolio.py",
    "Clusters": "pages/clusters.py",
    "Money": "pages/money.py",
    "Campaign": "pages/campaign.py",
    "Playbook": "pages/playbook.py",
    "Notebook": "pages/notebook.py",
}


class Navigated(PagesManager):
    """AppTest takes an app that has a folder `pages/` for one without navigation, and would never run app.py again."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        PagesManager.uses_pages_directory = False


app_test.PagesManager = Navigated  # type: ignore[attr-defined]

# Each AppTest looks through all that is installed for components: it took longer than the page, and finds the same each time
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


def ended(runner: Any, timeout: float) -> None:
    """Wait until a run has ended; AppTest looks a thousand times a second, and each look holds up the run."""
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        runner.request_stop()
        raise AssertionError(f"the page was not there after {timeout} seconds")


local_script_runner.require_widgets_deltas = ended


class Visitor:
    """One session of the app."""

    def __init__(self) -> None:
        self.at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        self.look()

    def look(self) -> Visitor:
        self.at.run()
        self.at._page_hash = ""  # from here it stays on the page it is on, also where a button led there
        assert not self.at.exception, [said.value for said in self.at.exception]
        return self

    def go(self, page: str) -> Visitor:
        self.at.switch_page(PAGES[page])
        return self.look()

    def press(self, key: str) -> Visitor:
        self.at.button(key=key).click()
        return self.look()

    def choose(self, key: str, value: Any, kind: str = "selectbox") -> Visitor:
        self.widget(kind, key).set_value(value)
        return self.look()

    def move(self, key: str, value: Any) -> Visitor:
        return self.choose(key, value, "slider")

    def write(self, key: str, value: Any) -> Visitor:
        return self.choose(key, value, "number_input")

    def widget(self, kind: str, key: str) -> Any:
        """A widget by its key, however often something else moved what it shows."""
        return next(one for one in self.at.get(kind) if one.key and one.key.split("--")[0] == key)

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
        return unescaped(self.at.title[0].value)

    @property
    def problems(self) -> list[str]:
        """What the red boxes say."""
        return [unescaped(box.value) for box in self.at.error]

    @property
    def words(self) -> str:
        """Every sentence on the page, as a reader sees it."""
        said = [unescaped(said.value) for said in (*self.at.success, *self.at.markdown, *self.at.caption)]
        drawn = [unescaped(board["answer"]) for board in self.boards]
        return "\n".join([*said, *drawn, *("".join(card["said"]) for card in self.cards.values())])

    @property
    def boards(self) -> list[dict[str, Any]]:
        """What the boards of pictures were sent."""
        return [json.loads(one.proto.bytes) for one in self.at.get("bidi_component")]

    @property
    def cards(self) -> dict[str, Any]:
        """Picture → its card."""
        columns = [column for board in self.boards for column in (*board["columns"], board["below"])]
        return {card["name"]: card for column in columns for card in column}

    def picture(self, name: str) -> dict[str, Any]:
        """What a picture draws."""
        drawn = self.cards[name]["data"]
        return {**json.loads(drawn.get("still", "{}")), **drawn}

    @property
    def study(self) -> Any:
        return self.at.session_state["study"]

    def table(self, alt: str) -> Any:
        """The rows of the table a screen reader calls this."""
        if alt == self.cards.get("numbers", {}).get("alt"):
            return self.numbers
        return next(table.value for table in self.at.dataframe if table.proto.alt == alt)

    @property
    def numbers(self) -> pd.DataFrame:
        """The segments as their table has them: of each measure that has a column the sum, its share and what it is each."""
        board = self.boards[0]
        held = pd.DataFrame(board["segments"])
        shown: dict[str, Any] = {"segment": held["name"]}
        for column in self.picture("numbers")["columns"]:
            name = column["measure"]
            if column.get("per_customer"):
                known = held.get(f"{name} is known", held["customers"])
                shown[f"{name}_each"] = held[name] / known.where(known > 0)
            else:
                shown[name] = held[name]
            if column.get("share") and board["totals"][name] > 0:
                shown[f"share_of_{name}"] = held[name] / board["totals"][name]
        return pd.DataFrame(shown)

    @property
    def python(self) -> str:
        """The Python call, after opening what explains the numbers."""
        self.at.session_state["explained"] = True
        return self.look().at.code[0].value

    @property
    def figures(self) -> dict[str, str]:
        """The numbers for a glance, by what they are."""
        shown = {metric.label: unescaped(metric.value) for metric in self.at.metric}
        return shown | {what: number for board in self.boards for what, number in board["above"]}


def unescaped(text: str) -> str:
    """Markdown as it is read: without backslashes, stars and what keeps an address from becoming a link."""
    return re.sub(r"\\(.)", r"\1", text.replace("**", "").replace(formats.JOINER, ""))


def says_what_to_do(sentence: str) -> bool:
    """One sentence for people: it ends, and holds neither code nor the name of a library or an error."""
    jargon = r"Traceback|Error\b|Exception|pandas|pyarrow|duckdb|numpy|polars|calamine|openpyxl|\bNone\b|\bnan\b|0x[0-9a-f]{6}"
    return sentence.endswith(".") and len(sentence) > 20 and not re.search(jargon, sentence)
