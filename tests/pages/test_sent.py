"""What no threshold moves is sent to a page once."""

import pytest

from pages.app import sent


@pytest.fixture(autouse=True)
def state(monkeypatch):
    held = {}
    monkeypatch.setattr(sent.st, "session_state", held)
    return held


def board(*texts):
    cards = [{"name": "one", "data": {"still": text, "moved": 1}} for text in texts]
    return {"answer": "", "columns": [cards, [{"name": "empty", "data": None}]], "below": [{"data": {"rows": []}}]}


def drawn(data):
    return [card["data"] for card in data["columns"][0]]


def test_a_text_is_sent_once_and_then_its_sign():
    [first] = drawn(sent.briefly(board("[1]")))
    [again, other] = drawn(sent.briefly(board("[1]", "[2]")))
    assert first == {"still": "[1]", "moved": 1, "sign": again["sign"]}
    assert again == {"moved": 1, "sign": first["sign"]}
    assert other["still"] == "[2]" and other["sign"] != first["sign"]


def test_the_rest_is_as_it_was_and_what_others_may_share_is_not_touched():
    given = board("[1]")
    told = sent.briefly(given)
    assert given == board("[1]")
    assert (told["answer"], told["columns"][1], told["below"]) == ("", given["columns"][1], given["below"])


def test_a_page_drawn_anew_is_sent_everything():
    sent.briefly(board("[1]"))
    sent.forget()
    assert drawn(sent.briefly(board("[1]")))[0]["still"] == "[1]"


def test_no_more_is_counted_on_than_half_of_what_a_page_keeps(state):
    for text in map(str, range(3 * sent.MOST)):
        sent.briefly(board(text))
        assert len(state[sent.SENT]) <= sent.MOST
    assert "still" in drawn(sent.briefly(board("0")))[0]
