"""A widget looks up its own key in the session, and finds what Streamlit's copy of it holds."""

from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from pages.app.start import OneByOne


def test_it_says_what_the_copy_says():
    state = SessionState()
    state._old_state.update({"study": 1, "$$ID-abc-method": "xyz", "$$ID-def-None": 7})
    state._key_id_mapper["method"] = "$$ID-abc-method"
    state._new_session_state["listed"] = None
    looked = OneByOne(SafeSessionState(state, lambda: None))
    copy = state.filtered_state
    assert copy == {"study": 1, "method": "xyz", "listed": None}
    assert dict(looked) == copy and len(looked) == len(copy)
    assert all(key in looked and looked[key] == copy[key] for key in copy)
    assert "elsewhere" not in looked and looked.get("elsewhere") is None
