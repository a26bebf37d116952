"""What a visitor has in hand, below the pages."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.app.files import made_of, source_of
from segmentation import Study
from tests.pages.visitor import Visitor

SHOP = {
    "orders.csv": b"order,client,day,amount\n1,C7,2026-01-05,10\n2,C8,2026-02-05,20\n3,C9,2026-03-05,30\n",
    "clients.csv": b"client,town\nC7,Rome\nC8,Oslo\nC9,Bern\nC5,Riga\n",
}


def takes_other_files() -> None:
    """An app that holds something under every key that new data make stale, and takes up a file."""
    import pkgutil
    from importlib import import_module

    import streamlit as st

    from pages import app, pieces, widgets
    from pages.app import session
    from pages.app.files import source_of

    for part in (app, pieces, widgets):
        for module in pkgutil.walk_packages(part.__path__, f"{part.__name__}."):
            import_module(module.name)
    study = session.study()
    st.session_state.update(dict.fromkeys(session.STALE, "of the files before"))
    session.take([source_of(b"customer,revenue\nAlma,5\n", "other.csv")])
    assert session.study() is not study
    st.text(f"{len(session.STALE)}, left: {sorted(session.STALE & set(st.session_state))}")


def test_nothing_that_belongs_to_other_files_is_left() -> None:
    visit = AppTest.from_function(takes_other_files, default_timeout=60).run()
    assert not visit.exception
    registered, left = visit.text[0].value.split(", left: ")
    assert int(registered) > 10
    assert left == "[]"


def test_progress_of_several_files_only_grows_and_says_which_of_them_is_read() -> None:
    said: list[tuple[float, str]] = []
    sources = tuple(source_of(text, f"told of {name}") for name, text in SHOP.items())
    made_of(sources, Study(), lambda share, doing: said.append((share, doing)))
    shares = [share for share, _ in said]
    assert shares == sorted(shares) and shares[0] >= 0 and said[-1] == (0.95, "Looking how the files belong together")
    assert {doing.rpartition(" (")[2] for _, doing in said[:-1]} == {"1 of 2)", "2 of 2)"}
    first, second = ([share for share, doing in said[:-1] if f"({at} of 2)" in doing] for at in (1, 2))
    assert max(first) <= 0.95 / 2 <= min(second) and max(second) <= 0.95


def test_progress_of_one_file_names_no_number_of_files() -> None:
    said: list[tuple[float, str]] = []
    made_of((source_of(b"customer,revenue\nCy,6\n", "one.csv"),), Study(), lambda *told: said.append(told))
    assert said and not any(" of 1)" in doing or "belong together" in doing for _, doing in said)
    assert max(share for share, _ in said) <= 0.95


def test_every_page_shows_the_method_whose_segments_stand_on_it() -> None:
    visitor = Visitor().sample().go("Segments").choose("method", "kmeans")
    for page in ("Money", "Playbook", "Campaign"):
        box = visitor.go(page).widget("selectbox", "method")
        assert box.value == "kmeans" and box.options[box.proto.default] == "Clusters: k-means", page
