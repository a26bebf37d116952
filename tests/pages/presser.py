"""Somebody who presses as a browser does: what was drawn apart (a fragment) is drawn anew alone, the rest stays as it was."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
import streamlit as st
from google.protobuf.text_format import MessageToString
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.testing.v1 import local_script_runner

from tests.pages.visitor import Visitor, unescaped

Place = tuple[int, ...]
Drawn = dict[Place, tuple[str, str]]  # where on the page → the part it is drawn with, and what stands there
NEW_EACH_TIME = re.compile(  # names of a run, and what the server tells a widget once
    r"^ *(deferred_file_id|url|id|file_id|form_id|fragment_id|raw_values?|set_value|has_one_shot_effect|value): .*\n",
    re.M,
)


@lru_cache(maxsize=2_000)
def told(sent: bytes) -> str:
    """An element in words; most of a page is sent as it was, and putting it into words takes a tenth of the time."""
    words = MessageToString(Element.FromString(sent), as_utf8=True)
    return NEW_EACH_TIME.sub("", words).replace("\\'", "'")


class Presser(Visitor):
    """A visitor who knows what stands on the screen, old and new, and what each download would give."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.screen: Drawn = {}
        self.begun: str | None = None  # the study a sample began with
        self.listed = ""
        self.part = ""
        self.parts: dict[str, str] = {}  # button → the part it is drawn with
        self.downloads: dict[str, Any] = {}
        self.kept: dict[str, str] = {}  # texts a page was sent once, by their signs
        self.toasts: list[str] = []  # they go by themselves, so they stand nowhere
        ask, parse = local_script_runner.LocalScriptRunner.request_rerun, local_script_runner.parse_tree_from_messages
        offered = st.download_button

        def asked(runner: Any, wish: Any) -> bool:
            if self.part:
                runner._requests = (
                    ScriptRequests()
                )  # else it is one with a run of the whole page, asked for at the start
            return ask(runner, replace(wish, fragment_id=self.part or None))

        def parsed(sent: Any) -> Any:
            self._see(sent)
            return parse(sent)

        def offer(label: str, data: Any, **more: Any) -> Any:
            self.downloads[label] = data
            return offered(label, data, **more)

        patch.setattr(local_script_runner.LocalScriptRunner, "request_rerun", asked)
        patch.setattr(local_script_runner, "parse_tree_from_messages", parsed)
        patch.setattr(st, "download_button", offer)
        super().__init__()

    def _see(self, sent: Any) -> None:
        drawn: Drawn = {}
        for message in sent:
            if message.HasField("delta") and message.delta.HasField("new_element"):
                if message.delta.new_element.WhichOneof("type") == "toast":
                    self.toasts.append(message.delta.new_element.toast.body)
                    continue
                element = told(self._whole(message.delta.new_element).SerializeToString())
                self.parts[message.delta.new_element.button.id] = message.delta.fragment_id
                place = tuple(message.metadata.delta_path)
                if (
                    place[0] == RootContainer.EVENT
                ):  # what stands nowhere: a style sheet, with or without a toast before it
                    place = (place[0], hash(element))
                drawn[place] = (message.delta.fragment_id, element)
        if not self.part or any(not part for part, _ in drawn.values()):  # the whole page was drawn
            self.screen = drawn
        else:
            stays = {place: held for place, held in self.screen.items() if held[0] != self.part}
            self.screen = stays | drawn

    def _whole(self, element: Element) -> Element:
        """A board with the texts that the page was sent before, as a browser has them; anything else as it is."""
        if not element.HasField("bidi_component"):
            return element
        board = json.loads(element.bidi_component.bytes)
        for card in (*(one for column in board["columns"] for one in column), *board["below"]):
            if card["data"] and (sign := card["data"].get("sign")):
                card["data"]["still"] = self.kept.setdefault(sign, card["data"].get("still"))
        whole = Element()
        whole.CopyFrom(element)
        whole.bidi_component.json = json.dumps(board, sort_keys=True)
        return whole

    def press_as_a_browser(self, label: str, key: str | None) -> None:
        """Press, and see what a browser would: the part the button stands in, or the whole page where that is asked for."""
        button = next(one for one in self.at.button if (one.label, one.key) == (label, key))
        self.part, self.toasts = self.parts[button.proto.id], []
        button.click()
        try:
            self.look()
        finally:
            self.part = ""

    @property
    def buttons(self) -> list[tuple[str, str | None]]:
        """Label and key of every button that can be pressed."""
        return [(one.label, one.key) for one in self.at.button if not one.disabled]

    @property
    def texts(self) -> list[str]:
        """What stands on the screen, element by element: its kind and all that is in it."""
        return [text for _, text in self.screen.values()]

    @property
    def title(self) -> str:
        """The largest heading on the screen."""
        heads = (re.search(r'body: "(.*)"', text) for text in self.texts if text.startswith("heading"))
        return next((unescaped(found[1]) for found in heads if found), "")
