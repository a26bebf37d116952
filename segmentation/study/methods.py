"""Which method puts customers into segments, at which thresholds, and the methods of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self, TypeVar

from segmentation.checks import Anything, Names, Text, Unfit, closed, setting
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.segments.merging import called
from segmentation.segments.method import Method
from segmentation.segments.own import KEYS, MERGED, PRIMITIVES, own, written
from segmentation.segments.segmentation import Segmentation

T = TypeVar("T")


@dataclass(frozen=True)
class MethodName(Text):
    """A method of the catalogue, or one of one's own: which there are the study knows."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": list(METHODS)}


@dataclass(frozen=True)
class Thresholds(Names):
    """Method → {threshold: value}; the values are checked by the method, which may be one's own."""

    @property
    def schema(self) -> dict[str, Any]:
        held = {name: closed({key: {} for key in one.controls}) for name, one in METHODS.items()}
        return {"type": "object", "properties": held, "additionalProperties": {"type": "object"}}


@dataclass(frozen=True)
class Recipes(Names):
    """Methods of one's own: name → recipe, see `own.py`."""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        checked = super().check(name, value)
        if taken := [one for one in checked if one in METHODS]:
            raise Unfit(f"own has “{taken[0]}”, a method of the catalogue: choose another name.")
        return {one: written(one, recipe) for one, recipe in checked.items()}

    @property
    def schema(self) -> dict[str, Any]:
        held: dict[str, Any] = {key: {} for key in KEYS} | {"primitive": {"enum": [*PRIMITIVES, MERGED]}}
        recipe = closed(held) | {"required": ["primitive"]}
        named = {"minLength": 1, "maxLength": 40, "not": {"enum": list(METHODS)}}
        return {"type": "object", "propertyNames": named, "additionalProperties": recipe}


def with_unused(names: Mapping[str, str]) -> dict[str, str]:
    """Old names → new ones, and new ones that were none of the old ones → those that are free now, so that what is kept under
    them is not lost, and all stands as before where the names are put back."""
    unused = [one for one in names.values() if one not in names]
    free = [one for one in names if one not in names.values()]
    return {**names, **dict(zip(unused, free, strict=True))}


def along(held: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    """What hangs on names, hanging on the new ones."""
    return {names.get(name, name): one for name, one in held.items()}


@dataclass
class Methods:
    method: str = setting("abc_classes", MethodName(), "the chosen method")
    thresholds: dict[str, dict[str, Any]] = setting(
        dict, Thresholds(Names(Anything())), "methods, each with its thresholds where they differ from the defaults"
    )
    own: dict[str, dict[str, Any]] = setting(
        dict, Recipes(Anything()), "methods of one's own, each with its recipe; they can be chosen as any other"
    )

    def agree(self) -> None:
        """Problem where a method is chosen or moved that there is not, or moved where it cannot be."""
        methods = self.methods
        if self.method not in methods:
            raise Problem(f"In the study, method is “{self.method}”; it can be {', '.join(methods)}.")
        for method, thresholds in self.thresholds.items():
            if method not in methods:
                raise Problem(f"In the study, thresholds name the method “{method}”; there are {', '.join(methods)}.")
            methods[method].complete(thresholds)

    @property
    def methods(self) -> dict[str, Method]:
        """Every method that can be chosen: the catalogue, then one's own."""
        return {**METHODS, **{name: own(name, recipe) for name, recipe in self.own.items()}}

    @property
    def chosen(self) -> Method:
        return METHODS[self.method] if self.method in METHODS else own(self.method, self.own[self.method])

    def values(self) -> dict[str, Any]:
        """Every threshold of the chosen method, as it stands."""
        return self.chosen.complete(self.thresholds.get(self.method, {}))

    def segmentation(self, customers: Customers) -> Segmentation:
        """The chosen method at the chosen thresholds."""
        return self.chosen(customers, **self.thresholds.get(self.method, {}))

    def settled(self, customers: Customers) -> Self:
        """The same, in which a column that the chosen method takes by itself here is named: on another file it is no other."""
        given = self.thresholds.get(self.method, {})
        found = self.chosen.settled(customers, given)
        return self if found == given else replace(self, thresholds={**self.thresholds, self.method: found})

    def choose(self, method: str) -> None:
        """Switch the method; thresholds of the others are kept. Problem for an unknown one."""
        if method not in self.methods:
            raise Problem(f"There is no method “{method}”; there are {', '.join(self.methods)}.")
        self.method = method

    def set(self, **thresholds: Any) -> None:
        """Move thresholds of the chosen method. Problem, and nothing moved, where they cannot be."""
        self.set_of(self.method, **thresholds)

    def set_of(self, method: str, **thresholds: Any) -> None:
        """Move thresholds of a method, chosen or not; one that counts under a choice alone makes it. Problem, and nothing moved,
        where they cannot be."""
        before, of = self.thresholds.get(method, {}), self.methods[method]
        self.put(method, {**before, **of.choices(before, thresholds), **thresholds})

    def put(self, method: str, thresholds: Mapping[str, Any]) -> None:
        """Put a method at these thresholds, and all its others at their defaults. Problem, and nothing moved, where they cannot be.

        Where its bands are called after their edges, what was decided for a band goes along with it: see `rename`.
        """
        of, before = self.methods[method], self.thresholds.get(method, {})
        complete, names = of.complete(thresholds), of.called_anew(before, thresholds)
        if thresholds:
            self.thresholds[method] = {name: complete[name] for name in thresholds}
        else:
            self.thresholds.pop(method, None)
        if names:
            self.rename(method, with_unused(names))

    def at(self, method: str, thresholds: Mapping[str, Any]) -> Self:
        """The same with a method chosen at these thresholds, and what was decided for its segments."""
        found = replace(self, method=method, thresholds=dict(self.thresholds), own=dict(self.own))
        found.put(method, thresholds)
        return found

    def rename(self, method: str, names: Mapping[str, str]) -> Mapping[str, str]:
        """Segments of a method are called otherwise from now on, by old names; each section that hangs something on their names
        has it hang on the new ones. All that are: with them, groups of these that are called after their parts."""
        recipe = self.own.get(method)
        if recipe is None or recipe["primitive"] != MERGED:
            return names
        groups: dict[str, list[str]] = {}
        anew = {}
        for group, held in recipe["groups"].items():
            parts = [names.get(one, one) for one in held]
            anew[group] = called(parts, [*groups]) if group == called(held) else group
            groups[anew[group]] = parts
        self.own[method] = {**recipe, "groups": groups}
        return {**names, **with_unused({old: new for old, new in anew.items() if old != new})}

    def keep(self, name: str, recipe: Mapping[str, Any]) -> None:
        """Save a method of one's own under a name, over one of that name. Problem where it cannot be."""
        if name in METHODS:
            raise Problem(f"“{name}” is a method of the catalogue: choose another name.")
        self.own[name] = written(name, recipe)
        self.thresholds.pop(name, None)  # they belonged to the recipe before

    def merge(self, segments: Sequence[str]) -> str:
        """Make these segments of the chosen method one, in a method of one's own that is chosen then: what they are called.

        Its thresholds stand as they stood; the method before is kept. Problem for fewer than two segments.
        """
        recipe, before = self.own.get(self.method), self.method
        again = recipe is not None and recipe["primitive"] == MERGED
        groups: dict[str, list[str]] = (
            {one: [*held] for one, held in recipe["groups"].items()} if recipe and again else {}
        )
        held = [one for name in segments for one in groups.pop(name, [name])]
        together = called(held, [*groups])
        free = (f"{before[:30]}-merged{number}" for number in ("", *(f"-{at}" for at in range(2, 1000))))
        name = before if again else next(one for one in free if one not in self.own)
        of = recipe["of"] if recipe and again else recipe or before
        made = {"primitive": MERGED, "of": of, "groups": {**groups, together: held}}
        own(name, made)
        self.own[name] = made
        self.thresholds[name] = dict(self.thresholds.get(before, {}))
        self.method = name
        return together

    def drop(self, name: str) -> None:
        """Forget a method of one's own; where it was the chosen one, the first of the catalogue is."""
        self.own.pop(name, None)
        self.thresholds.pop(name, None)
        self.method = self.method if self.method in self.methods else next(iter(METHODS))
