"""Write the sample files. Seeded: `python -m sample_data.make` gives the same bytes every time."""

import gzip
import io
from pathlib import Path

import pandas as pd

from sample_data import bank_clients, cutting_tools, fuel_cards, kids_loyalty, shoe_maker, software_house

FOLDER = Path(__file__).parent


def files() -> dict[str, bytes]:
    """Name and content of every sample file."""
    return {
        "shoe_maker_orders.csv": _csv(shoe_maker.orders()),
        "kids_loyalty_receipts.csv.gz": _gzip(_csv(kids_loyalty.receipts())),
        "cutting_tools_firms.csv": _csv(cutting_tools.firms()),
        "fuel_cards.csv": _csv(fuel_cards.lines()),
        "software_house_accounts.csv": _csv(software_house.accounts()),
        "bank_clients.csv": _csv(bank_clients.clients()),
    }


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, float_format="%.2f", date_format="%Y-%m-%d", lineterminator="\n").encode()


def _gzip(content: bytes) -> bytes:
    # no file name and no time in the header, or the bytes would change with every run
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=9, fileobj=buffer, mtime=0) as packed:
        packed.write(content)
    return buffer.getvalue()


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
