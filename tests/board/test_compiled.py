"""What is compiled for the browser keeps to the schema of Vega-Lite, against which the app itself does not hold it."""

from __future__ import annotations

import inspect
import json

import vl_convert
from altair.vegalite.v6.schema import core

from segmentation import METHODS, Customers, board, read
from segmentation.board.barcode.barcode import barcode
from tests.places import SAMPLES

COMPILED = {"crossing", "heat", "lines", "score", "valued", "barcode"}  # modules of the board that compile a chart


def test_every_picture_that_is_compiled_keeps_to_the_schema(monkeypatch):
    compile_, held = vl_convert.vegalite_to_vega, set()

    def held_against_the_schema(chart):
        core.TopLevelSpec.validate(chart)
        held.update(frame.filename.rsplit("/", 1)[-1].removesuffix(".py") for frame in inspect.stack(0)[1:8])
        made = compile_(chart)
        assert '"description"' not in json.dumps(made), "for nobody, and put together anew with each move of a line"
        return made

    monkeypatch.setattr(vl_convert, "vegalite_to_vega", held_against_the_schema)
    people = Customers.build(read(SAMPLES / "shoe_maker_orders.csv"))
    for method in METHODS.values():
        if not method.missing(people):
            made = method(people)
            board.own(method, method.defaults, made, "")
            barcode(method, made, list)
    assert held >= COMPILED
