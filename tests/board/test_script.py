"""The script that draws charts in a browser: made once, and kept where this user may keep anything."""

import gzip

import pytest

from segmentation.board import script


@pytest.fixture
def made(monkeypatch, tmp_path):
    """How often it was made; it is kept in an empty folder."""
    monkeypatch.setattr(script.platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "kept")
    times = []
    monkeypatch.setattr(script, "_made", lambda: times.append(1) or gzip.compress(b"draw()", mtime=0))
    return times


def test_it_is_made_once_for_all_processes(made):
    assert script._pack() == script._pack() and len(made) == 1


HALVES = {
    "nothing": b"",
    "a head": b"\x1f\x8b\x08",
    "cut": gzip.compress(b"draw()" * 99)[:-9],
    "something else": b"no gzip",
}


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_what_is_kept_by_half_is_made_anew(made, tmp_path, half):
    whole = script._pack()
    [kept] = (tmp_path / "kept").iterdir()
    kept.write_bytes(half)
    assert script._pack() == whole == kept.read_bytes() and len(made) == 2


def test_where_nothing_can_be_kept_it_is_made_all_the_same(made, tmp_path):
    (tmp_path / "kept").write_text("a file where the folder should be")
    assert gzip.decompress(script._pack()) == b"draw()"
