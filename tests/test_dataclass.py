"""Our dataclasses are Python's in all that others can see; and our patterns are those of `re`."""

import dataclasses
import pickle
import re
from typing import Any, ClassVar

import pytest

from segmentation.dataclass import dataclass
from segmentation.pattern import pattern


@dataclass(frozen=True)
class Point:
    """A place."""

    x: int
    y: list[int] | int = 2
    told: str = dataclasses.field(default="", compare=False, repr=False)
    kind: ClassVar[str] = "point"


@dataclass(frozen=True)
class Named(Point):
    name: str = dataclasses.field(default="a", kw_only=True)


@dataclass
class Open:
    x: int
    me: Any = None


@dataclass(frozen=True, eq=False)
class Itself:
    x: int


@dataclass(frozen=True)
class Own:
    x: int

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "own"


def test_they_are_equal_hashed_and_shown_as_python_s_are():
    assert Point(1) == Point(1, told="x") != Point(2) and hash(Point(1)) == hash(Point(1, told="x"))
    assert Point(1) != Named(1) and Named(1) == Named(1, name="a") != Named(1, name="b")
    assert repr(Named(1, told="x")) == "Named(x=1, y=2, name='a')"
    assert len({Point(1), Point(1), Point(2)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point(1, [2]))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Open(1))
    assert Open(1) == Open(1) and Itself(1) != Itself(1) and len({Itself(1), Itself(1)}) == 2
    assert Own(1) == Own(2) and hash(Own(5)) == 1 and repr(Own(1)) == "own"
    around = Open(1)
    around.me = around
    assert repr(around) == "Open(x=1, me=...)"


@pytest.mark.parametrize("one", [Point(1), Named(1, 3), Itself(1), Own(1)], ids=repr)
@pytest.mark.parametrize("name", ["x", "unheard_of"])
def test_a_frozen_one_can_neither_be_changed_nor_lose_anything(one, name):
    with pytest.raises(dataclasses.FrozenInstanceError, match=name):
        setattr(one, name, 7)
    with pytest.raises(dataclasses.FrozenInstanceError, match=name):
        delattr(one, name)
    assert one.x == 1


def test_what_python_offers_for_dataclasses_works_with_them():
    made = Named(1, [3], "x", name="b")
    assert dataclasses.replace(made, x=5) == Named(5, [3], name="b") and made.told == "x"
    assert dataclasses.asdict(made) == {"x": 1, "y": [3], "told": "x", "name": "b"}
    assert [one.name for one in dataclasses.fields(Named)] == ["x", "y", "told", "name"]
    assert pickle.loads(pickle.dumps(made)) == made
    with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]


def test_a_pattern_is_compiled_at_its_first_question_and_answers_as_re_does():
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("a")
    words = pattern(r"(?P<first>\w+) (\w+)", re.IGNORECASE)
    assert "search" not in vars(words)
    assert words.search("- Ann Bell")["first"] == "Ann" and words.fullmatch("a") is None  # type: ignore[index]
    assert words.sub(r"\2", "Ann Bell") == "Bell" and words.flags & re.IGNORECASE and "search" in vars(words)
