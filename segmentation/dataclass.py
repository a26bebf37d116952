"""Dataclasses as Python's, made in a fifth of the time: this house has some 170, and they were a tenth of its start.

Python writes and compiles up to six functions for each of them. Here only `__init__` is compiled; comparing, hashing,
showing and refusing a change are functions that all share. `fields`, `replace`, `asdict` and the rest work as ever.
"""

from __future__ import annotations

import dataclasses
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

Made = TypeVar("Made")

if TYPE_CHECKING:  # a tool that reads this file sees Python's own
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, **options: Any) -> Any:
        """As `dataclasses.dataclass`, without `order` and `slots`. A frozen one does not inherit from Python's own."""
        return (lambda cls: _made(cls, frozen, eq, options)) if cls is None else _made(cls, frozen, eq, options)


def _made(cls: type[Made], frozen: bool, eq: bool, options: dict[str, Any]) -> type[Made]:
    own = set(vars(cls))
    shared: dict[str, Any] = {"__repr__": _shown}
    if eq:
        shared |= {"__eq__": _equal, "__hash__": _hash if frozen else None}
        own -= {"__hash__"} if "__eq__" in own and cls.__hash__ is None else set()
    if frozen:
        shared |= {"__setattr__": _set_once, "__delattr__": _never_delete}
    dataclasses.dataclass(cls, eq=False, repr=False, **options)
    for name, function in shared.items():
        if name not in own:
            setattr(cls, name, function)
    return cls


def _compared(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, one.name) for one in dataclasses.fields(self) if one.compare])


def _equal(self: Any, other: object) -> bool:
    return _compared(self) == _compared(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self))


@recursive_repr()
def _shown(self: Any) -> str:
    said = [f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr]
    return f"{type(self).__qualname__}({', '.join(said)})"


def _set_once(self: Any, name: str, value: Any) -> None:
    """What `__init__` does; whatever else wants to set a field comes too late."""
    if name in self.__dict__ or name not in self.__dataclass_fields__:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    self.__dict__[name] = value


def _never_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
