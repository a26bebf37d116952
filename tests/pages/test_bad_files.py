"""Files nobody would wish for: each gets a sentence or a working page, and what was there before stays."""

import io
import zipfile

import pytest

from segmentation import METHODS
from tests.pages.visitor import Visitor, says_what_to_do, unescaped


def zipped(**files: str) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return box.getvalue()


UNREADABLE = {
    "an empty file": b"",
    "blank lines": b"\n\n  \n",
    "a header and nothing below": b"customer,date,revenue\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "a web page": b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>",
    "a program": b"\x7fELF\x02\x01\x01" + b"\0" * 100,
    "noise": bytes((i * 7919) % 256 for i in range(4096)),
    "10 000 columns": (",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("1" * 10_000) + "\n").encode(),
    "a broken gzip": b"\x1f\x8b\x08\x00" + b"broken" * 20,
    "a broken workbook": b"PK\x03\x04" + b"broken" * 20,
    "an empty archive": zipped(),
}
DAY = "2026-01-0"
POOR = {
    "one column": "customer\nAlma\nBora\n",
    "one column of numbers": "1\n2\n3\n",
    "no date": "customer,revenue\nAlma,5\nBora,6\n",
    "no number": "customer,date,note\nAlma,2026-01-01,hello\nBora,2026-01-02,hi\n",
    "all values missing": "customer,date,revenue\n,,\n,,\nAlma,,\n",
    "only commas": ",,\n,,\n,,\n",
    "text in the revenue": f"customer,date,revenue\nAlma,{DAY}1,plenty\nBora,{DAY}2,little\nCuka,{DAY}3,12\n",
    "negative totals": f"customer,date,revenue\nAlma,{DAY}1,-5\nBora,{DAY}2,-6\nCuka,{DAY}3,-1\n",
    "nothing but zeros": f"customer,date,revenue\nAlma,{DAY}1,0\nBora,{DAY}2,0\n",
    "one customer": f"customer,date,revenue,cost\nAlma,{DAY}1,5,2\nAlma,{DAY}2,6,2\n",
    "one line": f"customer,date,revenue\nAlma,{DAY}1,5\n",
    "all customers equal": "customer,date,revenue\n" + "".join(f"{i},2026-01-01,5\n" for i in range(50)),
    "dates in the future": "customer,date,revenue\nAlma,2999-01-01,5\nBora,2998-01-01,6\nCuka,2026-01-01,6\n",
    "dates of long ago": "customer,date,revenue\nAlma,0001-01-01,5\nBora,1812-01-01,6\n",
    "headings twice": f"customer,customer,date,revenue,revenue\nAlma,Bora,{DAY}1,5,6\nCuka,Dora,{DAY}2,5,7\n",
    "odd headings": f"customer_id,a.b[0],date,revenue,kind,segment\n1,2,{DAY}1,5,x,y\n2,3,{DAY}2,6,z,w\n",
    "huge numbers": f"customer,date,revenue\nAlma,{DAY}1,1e300\nBora,{DAY}2,1e300\nCuka,{DAY}3,-1e300\n",
    "infinite numbers": f"customer,date,revenue\nAlma,{DAY}1,inf\nBora,{DAY}2,nan\nCuka,{DAY}3,5\n",
    "a ragged table": f"customer,date,revenue\nAlma,{DAY}1,5,7,8\nBora\nCuka,{DAY}3,5\n",
    "quotes that never close": f'customer,date,revenue\n"Alma,{DAY}1,5\nBora,{DAY}2,6\n',
    "one row a customer, no numbers known": "customer,revenue,orders\nAlma,,\nBora,,\n",
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_is_no_table_gets_a_sentence_and_the_former_data_stays(with_shoes: Visitor, what: str) -> None:
    with_shoes.upload(UNREADABLE[what], "theirs.csv")
    assert len(with_shoes.problems) == 1
    assert says_what_to_do(with_shoes.problems[0]), with_shoes.problems[0]
    assert "theirs.csv" in with_shoes.problems[0]
    assert "319 customers" in unescaped(with_shoes.at.success[0].value)
    assert "319 customers" in with_shoes.go("Segments").words


@pytest.mark.parametrize("what", ["an empty file", "a picture"])
def test_a_first_file_that_is_no_table_leaves_the_way_open(visitor: Visitor, what: str) -> None:
    visitor.upload(UNREADABLE[what], "theirs.csv")
    assert len(visitor.problems) == 1
    assert "319 customers" in visitor.sample().words
    assert not visitor.problems


@pytest.mark.parametrize("what", POOR)
def test_a_poor_table_shows_a_sentence_or_a_working_page_under_every_method(visitor: Visitor, what: str) -> None:
    visitor.upload(POOR[what], "poor.csv")
    assert all(map(says_what_to_do, visitor.problems)), visitor.problems
    visitor.go("Segments")
    for name in METHODS if visitor.at.selectbox and "method" in {box.key for box in visitor.at.selectbox} else ():
        visitor.choose("method", name)
        assert visitor.problems or visitor.table("Segments in numbers")["customers"].sum() > 0
        assert all(map(says_what_to_do, visitor.problems)), (name, visitor.problems)
    assert visitor.at.title
    assert "319 customers" in visitor.go("Data").sample().words


def test_markup_and_formulas_in_a_file_stay_letters_on_both_pages(visitor: Visitor) -> None:
    evil = "![](http://127.0.0.1:9/x.png)"
    lines = f'customer,date,revenue,"{evil}"\n"{evil}",2026-01-01,5,"<img src=x>"\n"=cmd|x",2026-01-02,6,b\n'
    visitor.upload(lines, f"{evil.replace('/', '_')}.csv")
    for page in ("Data", "Segments"):
        visitor.go(page)
        raw = [said.value for said in (*visitor.at.markdown, *visitor.at.caption, *visitor.at.error, *visitor.at.title)]
        raw += [button.label for button in visitor.at.button]
        assert not any("![](" in text or "<img" in text for text in raw)
