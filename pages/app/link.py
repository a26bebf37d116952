"""A link that carries the settings, never the data: who opens it on the same sample or file sees the same."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import asdict
from urllib.parse import urlsplit

import streamlit as st

from pages.app import session
from pages.app.files import of_path
from pages.app.samples import FOLDER, SAMPLES
from pages.app.words import plain
from segmentation import Problem, Study

KEY = "settings"  # in the address
LONGEST = 2000  # characters of an address that mail programs and chats leave whole
SEEN = 1000  # characters of an address that a camera reads off a code on a wall
ALONE = ("localhost", "127.0.0.1", "::1", None)  # hosts that are this machine
MOST = 1 << 20  # bytes of settings that a link may unfold to


def written(study: Study) -> str:
    """The settings that differ from those of a fresh study, as letters an address can hold."""
    fresh, document = asdict(Study()), json.loads(study.to_json())
    # what follows are numbers of the file
    document["cells"] = [{**cell, "found": {}, "cuts": {}, "day": ""} for cell in document["cells"]]
    document["persona_then"] = {}
    document["pins"] = [{**pin, "money": 0.0} for pin in document["pins"]]
    kept = {name: value for name, value in document.items() if name not in fresh or value != fresh[name]}
    packed = zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(text: str) -> Study:
    """The study of a link. Problem where it holds none."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        document = unpacking.decompress(packed, MOST)
    except (binascii.Error, ValueError, zlib.error):
        raise Problem("This link is not whole: copy it once more, from its first letter to its last.") from None
    if not unpacking.eof:
        raise Problem(
            "This link is cut off, or holds more than settings: copy it once more, or ask for the settings as a file."
        )
    return Study.from_json(document)


def follow() -> None:
    """Take up the settings the address holds, once: on the sample they were made on, else on the file that is brought next."""
    text = st.query_params.pop(KEY, "")
    if not text:
        return
    held = st.session_state
    try:
        session.study()  # which opens the files that the server was started with
        study = read(text)
        if study.file in SAMPLES:
            session.take([of_path(FOLDER / study.file)], study)
        elif not held.get("sources"):
            held.study, held["link for"] = study, study.file
        else:
            session.take(held.sources, study)
    except Problem as problem:
        held["work problem"] = str(problem)


def offer() -> None:
    """The link, to copy or to take up with a phone."""
    address = _address()
    if len(address) > LONGEST:
        st.caption("These settings are too long for a link: save them as a file and send that.")
        return
    st.caption("A link with these settings, without your data: it shows the same to whoever has the same file.")
    st.code(address, language=None)
    code()


def _address() -> str:
    return f"{(st.context.url or '').partition('?')[0]}?{KEY}={written(session.study())}"


def code() -> bool:
    """The link as a code that a phone's camera reads, or why phones cannot come; whether there is one."""
    if urlsplit(st.context.url or "").hostname in ALONE:
        st.caption(
            "Only this machine reaches the app. For phones, start it with `ADDRESS=0.0.0.0`."
            if st.get_option("server.address") in ALONE
            else "For a code that phones can take up, open this page by the machine's name or number in the network."
        )
    elif len(address := _address()) > SEEN:
        st.caption("These settings are too long for a code that a camera could read.")
    else:
        import segno  # 8 ms of the start, for whoever wants a code

        drawn = segno.make_qr(address, error="L").svg_data_uri(dark="#000", light="#fff", omitsize=True)
        # as an image: Streamlit takes SVG out of HTML
        st.html(f'<img src="{drawn}" alt="The link as a code for a phone" style="width: 100%; max-width: 20rem">')
        return True
    return False


def awaited() -> None:
    """Which file the settings of a link wait for."""
    if (name := st.session_state.get("link for")) and session.table() is None:
        st.info(f"The link brought settings for {plain(name)}: bring that file, and they hold for it.")
