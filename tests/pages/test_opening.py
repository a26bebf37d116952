"""Pages are opened one after the other; what is done on an open page never waits."""

import threading

import pytest

from pages.app import opening


@pytest.fixture(autouse=True)
def visitor(monkeypatch: pytest.MonkeyPatch) -> threading.local:
    """A session of its own for each thread, as each visitor has."""
    seen = threading.local()

    class State:
        def get(self, name: str) -> object:
            return getattr(seen, name, None)

        def __setitem__(self, name: str, value: object) -> None:
            setattr(seen, name, value)

    monkeypatch.setattr(opening.st, "session_state", State())
    return seen


def test_of_many_who_open_a_page_one_is_served_at_a_time() -> None:
    inside, most, guard = [], [], threading.Lock()
    go = threading.Event()

    def visit() -> None:
        with opening.in_turn("Segments"):
            with guard:
                inside.append(1)
                most.append(len(inside))
            go.wait(0.01)
            with guard:
                inside.pop()

    crowd = [threading.Thread(target=visit) for _ in range(12)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(most) == 12 and max(most) == 1


def test_who_moves_on_an_open_page_does_not_wait_for_one_being_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    with opening.in_turn("Segments"):
        pass
    held, done = threading.Event(), threading.Event()

    def another() -> None:
        with opening.in_turn("Segments"):
            held.set()
            done.wait(20)

    monkeypatch.setattr(opening, "PATIENCE", 20.0)
    other = threading.Thread(target=another)
    other.start()
    assert held.wait(20)
    with opening.in_turn("Segments"):  # would wait for the other, were the page new
        done.set()
    other.join()


def test_a_page_that_fails_or_takes_long_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.01)
    with pytest.raises(ZeroDivisionError), opening.in_turn("Data"):
        _ = 1 / 0
    with opening.in_turn("Segments"):
        reached = []

        def another() -> None:
            with opening.in_turn("Segments"):
                reached.append(True)

        other = threading.Thread(target=another)
        other.start()
        other.join(20)
        assert reached == [True]
    assert opening._turn.acquire(blocking=False), "the turn was given back, and once only"
    assert not opening._turn.acquire(blocking=False)
    opening._turn.release()
