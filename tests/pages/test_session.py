"""What a visitor has in hand, below the pages."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


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
