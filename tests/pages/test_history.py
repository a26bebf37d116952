"""Steps are walked back and forth, and the oldest are let go of."""

from hypothesis import given
from hypothesis import strategies as st

from pages.app.history import MOST, History


@given(st.lists(st.one_of(st.integers(0, 5).map(str), st.sampled_from([-1, 1]))))
def test_it_does_what_a_list_of_all_that_happened_says(does: list[str | int]) -> None:
    history, past, future = History(), [], []
    for one in does:
        if isinstance(one, str):
            recorded = history.record(one)
            assert recorded == (not past or past[-1] != one)
            if recorded:
                past, future = [*past, one], []
        elif one == -1:
            moved = history.go(history.at - 1)
            if len(past) > 1:
                future.append(past.pop())
            assert moved == (past[-1] if moved is not None else None)
        else:
            moved = history.go(history.at + 1)
            if moved is not None:
                past.append(future.pop())
                assert past[-1] == moved
        assert history.steps[: history.at + 1] == past and history.steps[history.at + 1 :] == future[::-1]


def test_the_oldest_steps_go_and_numbers_stay() -> None:
    history = History()
    for one in range(MOST + 5):
        history.record(str(one))
    assert (len(history.steps), history.steps[0], history.first, history.number) == (MOST, "5", 5, MOST + 4)
