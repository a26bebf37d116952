"""Files: what a file is, whatever its name; archives that would fill the memory are refused, never tried."""

import gzip
import io
import zipfile

import pytest

from segmentation.problems import Problem
from segmentation.reading import files
from segmentation.reading.read import read

TABLE = b"customer,revenue\nann,1.5\nbob,2.5\n"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def problem(content: bytes, name: str, **decisions: str) -> str:
    with pytest.raises(Problem) as caught:
        read(content, name=name, **decisions)
    assert "\n" not in str(caught.value) and name in str(caught.value)
    return str(caught.value)


def test_an_archive_of_several_files_reads_the_largest_and_asks():
    archive = zipped(**{"may.csv": TABLE, "june.csv": TABLE + b"cid,3.5\n", "readme.pdf": b"%PDF" * 99})
    table = read(archive, name="sales.zip")
    assert table.data.num_rows == 3
    (question,) = table.report.questions
    assert set(question.readings) == {"may.csv", "june.csv"} and question.chosen in question
    assert any('"june.csv" was read' in sentence for sentence in table.report.sentences)


def test_a_file_of_an_archive_is_chosen_by_its_name():
    archive = zipped(**{"may.csv": TABLE, "june.csv": TABLE + b"cid,3.5\n"})
    table = read(archive, name="sales.zip", sheet="may.csv")
    assert table.data.num_rows == 2 and table.report.questions == ()
    assert "no file" in problem(archive, "sales.zip", sheet="july.csv") and "may.csv" in problem(
        archive, "sales.zip", sheet="july.csv"
    )


def test_an_archive_in_an_archive_is_opened_and_endless_nesting_is_not():
    inner = zipped(**{"a.csv": TABLE})
    assert read(zipped(**{"inner.zip": inner}), name="sales.zip").data.num_rows == 2
    assert read(gzip.compress(inner), name="sales.zip.gz").data.num_rows == 2
    for _ in range(6):
        inner = zipped(**{"inner.zip": inner})
    assert "archives within archives" in problem(inner, "sales.zip")


def test_names_inside_an_archive_reach_nothing_and_are_shown_plainly(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    archive = zipped(**{"../../etc/passwd.csv": TABLE, "C:\\x\n\x1b[31m.csv": TABLE + b"cid,3.5\n", "/abs.csv": TABLE})
    table = read(archive, name="sales.zip")
    assert table.data.num_rows == 3 and list(tmp_path.iterdir()) == []
    assert all(text.isprintable() for text in (*table.report.questions, *table.report.sentences))


def test_a_file_without_a_name_in_an_archive_is_passed_over():
    archive = zipped(**{"a.csv": TABLE, "b.csv": TABLE + b"cid,3.5\n"})
    assert read(archive.replace(b"b.csv", b"\0.csv"), name="sales.zip").data.num_rows == 2
    assert "holds nothing" in problem(zipped(**{"a.csv": TABLE}).replace(b"a.csv", b"\0.csv"), "sales.zip")


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped(**{"bomb.csv": content})], ids=["gz", "zip"])
def test_an_archive_that_would_fill_the_memory_is_refused(pack, monkeypatch):
    monkeypatch.setattr(files, "SMALL", 1 << 20)
    assert "unpacks to more than" in problem(pack(b"a,b\n" + b"1,2\n" * 2_000_000), "bomb.csv")
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 19)
    assert "unpacks to more than" in problem(pack(b"a,b\n" + b"1,2\n" * 200_000), "bomb.csv")
    assert read(pack(TABLE), name="fair.csv").data.num_rows == 2


def test_an_archive_that_lies_about_a_size_is_damaged():
    archive = bytearray(zipped(**{"a.csv": TABLE * 9}))
    place = archive.index(b"PK\x01\x02")
    archive[place + 24 : place + 28] = (len(TABLE)).to_bytes(4, "little")
    assert "damaged" in problem(bytes(archive), "sales.zip")


DAMAGED = zipped(**{"a.csv": bytes(range(32, 127)) * 500})
SAID = {
    "truncated.zip": (DAMAGED[:-30], "damaged"),
    "cut.zip": (DAMAGED[:200], "damaged"),
    "letter.zip": (zipped(**{"word/document.xml": b"<x/>"}), "a Word document"),
    "slides.xlsx": (zipped(**{"ppt/presentation.xml": b"<x/>"}), "a presentation"),
    "text.ods": (
        zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        "a text document",
    ),
    "empty.zip": (zipped(), "an empty archive"),
    "photo.csv": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture (JPEG)"),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
    "scan.csv": (b"II*\0\x08\0\0\0", "a picture (TIFF)"),
    "image.xls": (b"BM\x36\0\0\0\0\0", "a picture (BMP)"),
    "invoice.csv": (b"%PDF-1.7\n1 0 obj", "a PDF document"),
    "page.xls": (b"<html><body>no table</body></html>", "a web page without a table"),
    "feed.csv": (b'<?xml version="1.0"?><rss/>', "looks like XML"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_no_table_is_named_for_what_it_is(name):
    content, said = SAID[name]
    assert said in problem(content, name)


@pytest.mark.parametrize("first", ["BMW dealer", "RIFF", "MZ", "GIF8", "BZh", "Rar!"])
def test_a_table_may_begin_with_the_letters_of_a_picture(first):
    table = read(f"{first},revenue\nann,1.5\n".encode(), name="file.csv")
    assert table.data.column_names == [first, "revenue"]


def test_an_encrypted_archive_says_so():
    archive = bytearray(zipped(**{"a.csv": TABLE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(mark) + offset] |= 1
    assert "protected by a password" in problem(bytes(archive), "sales.zip")
