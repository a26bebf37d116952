"""Somebody who uses the app, as a websocket client that says what a browser would say."""

from __future__ import annotations

import asyncio
import http.client
import secrets
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

SLIDERS = {"segments": "abc_classes.a", "portfolio": "portfolio.profit", "data": ""}
ZONE = "Drop one file"  # how the label of the zone for files begins
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
RERUN = ForwardMsg.FINISHED_EARLY_FOR_RERUN  # the answer goes on
EDGE = "segment-lab"  # between the parts of what is uploaded


@dataclass
class Person:
    """One visitor of a page: where the slider is, its stops if it has such, and what went wrong."""

    number: int
    stream: ClientConnection
    page: str = "segments"
    stops: list[str] = field(default_factory=list)
    request: BackMsg = field(default_factory=BackMsg)
    moves: int = 0
    skipped: int = 0  # moves for which there was no time, since the one before was not answered yet
    errors: int = 0
    session: str = ""
    zone: str = ""

    @classmethod
    async def arrive(cls, port: int, number: int = 0, page: str = "segments", *, patience: float | None = 20) -> Self:
        """Somebody new, before any page is opened, who leaves a server that is silent for so many seconds (None: never)."""
        address = f"ws://localhost:{port}/_stcore/stream"
        stream = await connect(
            address, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None, ping_timeout=patience
        )
        return cls(number, stream, page)

    async def come(self) -> None:
        """Open the page and find the slider on it."""
        await self.open(self.page)
        if not self.request.rerun_script.fragment_id:
            raise RuntimeError(f"the page shows no slider {SLIDERS[self.page]}")

    async def open(self, page: str) -> None:
        """Open a page anew, with all that is in hand."""
        self.page, self.request = page, BackMsg()
        self.request.rerun_script.page_name = page if page != "data" else ""
        await self.ask()

    async def move(self) -> None:
        """Release the slider somewhere else."""
        self.turn()
        await self.ask()

    def turn(self) -> None:
        """The slider somewhere else, which is not told yet."""
        self.moves += 1
        state = self.request.rerun_script.widget_states.widgets[0]
        place = 7 * self.moves + 3 * self.number
        if self.stops:
            state.string_array_value.data[:] = [self.stops[place % len(self.stops)]]
        else:
            state.double_array_value.data[:] = [60 + place % 30, 95]

    async def bring(self, content: bytes, name: str) -> None:
        """Drop a file on the Data page, and wait until it is read."""
        if not self.zone:
            await self.open("data")
        place = await self._place_for(name)
        await asyncio.to_thread(_put, self.stream.remote_address, place.upload_url, content, name)
        dropped = BackMsg()
        dropped.rerun_script.page_script_hash = self.request.rerun_script.page_script_hash
        state = dropped.rerun_script.widget_states.widgets.add(id=self.zone)
        info = state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(content), file_id=place.file_id
        )
        info.file_urls.CopyFrom(place)
        self.zone, self.request = "", dropped
        await self.ask()

    async def leave(self) -> None:
        await self.stream.close()

    async def ask(self) -> None:
        """Send the request and take the answer to its end; anything but an answer without errors is counted."""
        answer = ForwardMsg()
        await self.stream.send(self.request.SerializeToString())
        while answer.WhichOneof("type") != "script_finished" or answer.script_finished == RERUN:
            answer.ParseFromString(await asyncio.wait_for(self.stream.recv(), 300))
            self._take(answer)
        self.errors += answer.script_finished not in DONE

    async def _place_for(self, name: str) -> FileURLs:
        """Where the server wants the bytes of a file."""
        wish, answer = BackMsg(), ForwardMsg()
        wish.file_urls_request.file_names.append(name)
        wish.file_urls_request.session_id = self.session
        await self.stream.send(wish.SerializeToString())
        while answer.WhichOneof("type") != "file_urls_response":
            answer.ParseFromString(await asyncio.wait_for(self.stream.recv(), 300))
        return answer.file_urls_response.file_urls[0]

    def _take(self, answer: ForwardMsg) -> None:
        run = self.request.rerun_script
        if answer.HasField("new_session"):
            self.session = answer.new_session.initialize.session_id
        if answer.HasField("navigation"):
            run.page_script_hash = answer.navigation.page_script_hash
        element = answer.delta.new_element
        self.errors += element.HasField("exception") or (
            element.HasField("alert") and element.alert.format == Alert.ERROR
        )
        if element.HasField("file_uploader") and element.file_uploader.label.startswith(ZONE):
            self.zone = element.file_uploader.id
        slider = SLIDERS.get(self.page) or "?"
        if element.HasField("slider") and element.slider.id.endswith(slider) and not run.fragment_id:
            self.stops = list(element.slider.options)
            run.fragment_id = answer.delta.fragment_id
            run.widget_states.widgets.add(id=element.slider.id)


def _put(server: Sequence[object], path: str, content: bytes, name: str) -> None:
    """Send the bytes of a file as a browser sends a form. Raises RuntimeError where they are refused."""
    token = secrets.token_hex(16)
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = b"".join([head.encode(), content, f"\r\n--{EDGE}--\r\n".encode()])
    headers = {
        "Content-Type": f"multipart/form-data; boundary={EDGE}",
        "Cookie": f"_streamlit_xsrf={token}",
        "X-Xsrftoken": token,
    }
    line = http.client.HTTPConnection(str(server[0]), int(str(server[1])), timeout=300)
    line.request("PUT", urlsplit(path).path, body, headers)
    answer = line.getresponse()
    if answer.status >= 300:
        raise RuntimeError(f"{answer.status}: {answer.read()!r}")
    line.close()


async def moves(person: Person, phase: float, seconds: int, beside: asyncio.Future[Any] | None = None) -> list[float]:
    """A move a second, for so long or as long as something goes on beside; milliseconds from when each was due.

    A hand does not queue moves: where an answer comes late, the newest that is due is made, and those before are skipped.
    """
    loop, took = asyncio.get_running_loop(), []
    start = loop.time() + phase
    for second in range(seconds):
        if second + 1 < seconds and start + second + 1 <= loop.time():
            person.skipped += 1
            continue
        await asyncio.sleep(max(0.0, start + second - loop.time()))
        if beside is not None and beside.done():
            break
        await person.move()
        took.append(1000 * (loop.time() - start - second))
    return took


async def timed(doing: Awaitable[Any]) -> float:
    """Seconds until something is done."""
    start = time.perf_counter()
    await doing
    return time.perf_counter() - start
