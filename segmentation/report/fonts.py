"""Which fonts of this machine draw pictures: all of them, beside the one that what draws brings along.

Where the machine has that one too, its file wins, and is opened thirty times for each text that is measured, which takes
four times as long; so folders that hold nothing else are left out. The letters are the same.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape, unescape
from pathlib import Path

from segmentation.pattern import pattern

CONFIGURED = Path("/etc/fonts")
ASKED = "FONTCONFIG_FILE"  # what draws looks there for the folders, once, as it begins
BROUGHT = "Liberation"  # what the files of the font that is brought along are called first
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
USUAL = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FOLDER = pattern(r'<dir(?P<own>[^>]*prefix="xdg"[^>]*)?[^>]*>\s*(?P<path>[^<]+?)\s*</dir>')


@contextmanager
def others() -> Iterator[None]:
    """What draws, and begins meanwhile, finds the fonts that it does not bring along. Where somebody said which, those."""
    if sys.platform != "linux" or ASKED in os.environ:
        yield
        return
    with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as file:
        held = "".join(f"<dir>{escape(str(one))}</dir>" for folder in _folders() for one in _of_others(folder))
        file.write(f'<?xml version="1.0"?><fontconfig>{held}</fontconfig>')
        file.flush()
        os.environ[ASKED] = file.name
        try:
            yield
        finally:
            del os.environ[ASKED]


def _folders() -> list[Path]:
    """Where this machine says that there are fonts; where fonts usually are, if it says nothing."""
    files = [*CONFIGURED.glob("*.conf"), *CONFIGURED.glob("conf.d/*.conf")]
    said = [found for file in files for found in FOLDER.finditer(file.read_text("utf-8", "replace"))]
    mine = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    places = [f"{mine}/{one['path']}" if one["own"] else one["path"] for one in said] or USUAL
    return [*dict.fromkeys(Path(unescape(place)).expanduser() for place in places)]


def _of_others(folder: Path) -> list[Path]:
    """The folder, or those in it, that hold fonts; not one of those that are brought along alone."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    fonts = [one for one in inside if one.suffix.lower() in SUFFIXES]
    if fonts:
        return [] if all(one.name.startswith(BROUGHT) for one in fonts) else [folder]
    return [found for one in inside if one.is_dir() and not one.is_symlink() for found in _of_others(one)]
