"""Numbers are written alike by Python and in the pictures, to the last digit."""

import json
from pathlib import Path

from playwright.sync_api import Browser

from segmentation import board, formats

DRAWING = json.dumps(Path(board.__file__).with_name("drawing.js").read_text(encoding="utf-8"))
MODULE = f"URL.createObjectURL(new Blob([{DRAWING}], {{ type: 'text/javascript' }}))"
WRITE = f"async all => {{ const {{ compact, count, percent }} = await import({MODULE}); return all.map"
AMOUNTS = [0.0, 0.05, 0.5, -0.5, 1.5, 2.5, 12.25, 99.95, 999.5, 1005.0, 1015.0, 14216644.21, -1437.0, 2.5e9, 1.005e12]
AMOUNTS += [float(at) for at in range(1000, 12000, 5)]
SHARES = [at / of for of in range(1, 120) for at in range(of + 1)] + [
    -0.125,
    -0.0004,
    0.00049,
    1.5,
    0.998,
    0.9996,
    0.99951,
    1.004,
    -0.997,
]


def test_pictures_and_sentences_write_the_same_number_alike(browser: Browser) -> None:
    page = browser.new_page()
    written = page.evaluate(f"{WRITE}(one => [compact(one, '€'), count(one)]) }}", AMOUNTS)
    assert written == [[formats.compact(one, "€"), formats.whole(abs(one))] for one in AMOUNTS]
    for digits in (0, 1):
        assert page.evaluate(f"{WRITE}(one => percent(one, {digits})) }}", SHARES) == [
            formats.share(one, digits) for one in SHARES
        ]
    page.close()
