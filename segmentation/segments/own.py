"""A method of one's own: a recipe as plain data that behaves as any other method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments import cuts, rules
from segmentation.segments.controls import Edges, Rows
from segmentation.segments.merging import meant, merged
from segmentation.segments.method import METHODS, Meaning, Method, Other, method
from segmentation.segments.newcomers import made_of
from segmentation.segments.rules import by_rules
from segmentation.segments.segmentation import Segmentation

PRIMITIVES = {
    "edges": "bands by fixed edges",
    "quantiles": "bands by share of customers",
    "cumulative share": "bands by share of the total",
    "rules": "if-then rows",
    "method": "another method, as it stands",
}
KEPT = "method"  # another method at the thresholds it had, by a name of one's own
MERGED = "merged"  # the segments of another method, some of them as one
KEYS = ("primitive", "column", "cuts", "names", "best", "rules", "cross", "question", "of", "groups")
OTHERS = ("of", "cross")  # of these, what is another method
MOST = 60  # groups, and segments of one
MEANINGS = {"*": ("As you named it.", "What you made it for.")}
SAID = {
    "family": "What to do",
    "misleads": "It misleads where its names promise more than its cuts can tell.",
    "source": "A method of your own.",
    "segments": MEANINGS,
}


def own(name: str, recipe: Mapping[str, Any]) -> Method:
    """The method of a recipe.

    recipe  {"primitive": one of PRIMITIVES, "column": name, "cuts": ascending, "names": best first,
            "best": "high" or "low", "cross": another method (as `cross` takes it), "question": text};
            with "rules" only {"rules": rows} beside cross and question, with "method" {"of": a method, as `cross` takes it}.
            Cuts are edges, or shares from the smallest value (quantiles), or shares of the total from the largest
            (cumulative share). Or {"primitive": "merged", "of": a method of the catalogue or a recipe, "groups": {name: the
            segments that are one of that name}}.
    Its thresholds are `cuts` (or `rules`, or those of the other method), which can be moved as any other's. Raises Problem
    saying what is wrong.
    """
    check_name(name)
    checked = check(name, recipe)
    if checked["primitive"] == MERGED:
        return merged(name, checked["of"], checked["groups"])
    if checked["primitive"] == KEPT:
        return _kept(name, checked)
    question = checked["question"] or f"Who is who, by {name}?"
    run = _ruled(checked) if checked["primitive"] == "rules" else _cut(checked)
    run.__name__ = name
    return method(name, question=question, needs=_needs(checked), **SAID)(run)  # type: ignore[arg-type]


def written(name: str, recipe: Mapping[str, Any]) -> dict[str, Any]:
    """The recipe as it is kept: another method in it is data, also where it came as text. Problem where it cannot be."""
    own(name, recipe)
    return {
        key: Other(key).check(key, one) if key in OTHERS and isinstance(one, str) else one
        for key, one in recipe.items()
    }


def check_name(name: Any) -> None:
    """Problem where a method cannot be called so: its name goes into the shell and into file names."""
    if not isinstance(name, str) or not 0 < len(name) <= 40 or not name.replace("_", "").replace("-", "").isalnum():
        if name == "":
            raise Problem("The method has no name: give it one of up to 40 letters, digits, - and _.")
        raise Problem(f"A method cannot be called “{name}”: use up to 40 letters, digits, - and _.")


def check(name: str, recipe: Any) -> dict[str, Any]:
    """The recipe with every key, of a merged one the method itself for its recipe; Problem where something cannot be."""
    if not isinstance(recipe, Mapping):
        raise Problem(f"The method {name} must be a recipe: its primitive, column, cuts and names.")
    if strange := [key for key in recipe if key not in KEYS]:
        raise Problem(f"The method {name} has {', '.join(map(str, strange))}; it can have {', '.join(KEYS)}.")
    given = {key: recipe.get(key) for key in KEYS}
    if given["primitive"] == MERGED:
        return {**given, **_checked_groups(name, given)}
    if not isinstance(given["primitive"], str) or given["primitive"] not in PRIMITIVES:
        raise Problem(f"The method {name} cuts by “{given['primitive']}”; it can cut by {', '.join(PRIMITIVES)}.")
    if given["question"] is not None and not isinstance(given["question"], str):
        raise Problem(f"The question of the method {name} must be text.")
    given["cross"] = None if given["cross"] is None else Other("Cross").check(f"{name}, cross", given["cross"])
    if given["primitive"] == KEPT:
        return {**given, "of": Other("Method").check(f"{name}, of", given["of"])}
    if given["primitive"] == "rules":
        return {**given, "rules": rules.plain(f"{name}, rules", given["rules"])}
    return {**given, **_checked_cuts(name, given)}


def _kept(name: str, recipe: Mapping[str, Any]) -> Method:
    """Another method with the thresholds it had as its defaults; crossed, nothing it says of its own segments holds."""
    inner, thresholds = Other.read("of", recipe["of"])
    groups = Other.merged(recipe["of"])
    base = merged(name, inner, groups) if groups else inner
    question, defaults = recipe["question"] or base.question, {**base.defaults, **thresholds}
    whole = replace(base, name=name, title=name, question=question, defaults=defaults)
    if recipe["cross"] is None:
        return whole

    def run(customers: Customers, **given: Any) -> Segmentation:
        return _crossed(customers, made_of(base, customers, given), recipe)

    run.__doc__ = base.run.__doc__
    alone: dict[str, Any] = {
        "looks": {},
        "starts": None,
        "steps": {},
        "asks": (),
        "centred": None,
        "joins": None,
        "spans": None,
    }
    return replace(whole, run=run, reference=None, segments={"*": Meaning(*MEANINGS["*"])}, **alone)


def _checked_groups(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    of, groups = _inner(name, given["of"]), given["groups"]
    if not isinstance(groups, Mapping) or not 0 < len(groups) <= MOST or not all(map(_is_group, groups.values())):
        raise Problem(f"The method {name} must say which segments are one: a name, and at least two segments for each.")
    every = [one for held in groups.values() for one in held]
    if twice := [one for one in every if every.count(one) > 1]:
        raise Problem(f"In the method {name} “{twice[0]}” is put into two segments: name it once.")
    checked = {rules.check_name(f"{name}, a group", group): tuple(held) for group, held in groups.items()}
    return {"of": of, "groups": checked}


def _is_group(held: Any) -> bool:
    return isinstance(held, list | tuple) and 2 <= len(held) <= MOST and all(isinstance(one, str) for one in held)


def _inner(name: str, of: Any) -> Method:
    if isinstance(of, Mapping):
        return own(name, of)
    if not isinstance(of, str) or of not in METHODS:
        raise Problem(f"The method {name} merges segments of “{of}”; it can be a recipe or {', '.join(METHODS)}.")
    return METHODS[of]


def _checked_cuts(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(given["column"], str) or not given["column"]:
        raise Problem(f"The method {name} does not say which column it cuts: choose one.")
    best = given["best"] or "high"
    if best not in ("high", "low"):
        raise Problem(f"In the method {name}, best can be high or low, not “{best}”.")
    made = _control(given["primitive"]).check(f"{name}, cuts", given["cuts"])
    if given["primitive"] != "edges" and max(made) > 1:
        raise Problem(f"The cuts of the method {name} are shares: they go from 0 to 1, not to {max(made):g}.")
    names = given["names"]
    if not isinstance(names, list | tuple) or len(names) != len(made) + 1:
        raise Problem(f"The method {name} has {len(made)} cuts, so it needs {len(made) + 1} names.")
    names = tuple(rules.check_name(f"{name}, name {at}", one) for at, one in enumerate(names, 1))
    if twice := [one for one in names if names.count(one) > 1]:
        raise Problem(f"In the method {name} two segments are called “{twice[0]}”: give each its own name.")
    return {"best": best, "cuts": made, "names": names}


def _control(primitive: str) -> Edges:
    if primitive == "edges":
        return Edges("A band begins at", low=-1e12)
    of = "customers" if primitive == "quantiles" else "the total"
    return Edges("A band ends at", f"share of {of}", low=0.0)


def _needs(recipe: Mapping[str, Any]) -> tuple[str, ...]:
    return () if recipe["primitive"] == "rules" else (recipe["column"],)


def _cut(recipe: Mapping[str, Any]) -> Callable[..., Segmentation]:
    control, default = _control(recipe["primitive"]), recipe["cuts"]

    def run(customers: Customers, cuts: tuple[float, ...] = default) -> Segmentation:
        """A method of your own: bands of one column."""
        if len(cuts) != len(default):
            raise Problem(f"This method has {len(default) + 1} names, so it takes {len(default)} cuts.")
        return _crossed(customers, _banded(customers, recipe, cuts), recipe)

    return _hinted(run, cuts=Annotated[tuple, control])


def _banded(customers: Customers, recipe: Mapping[str, Any], at: tuple[float, ...]) -> Segmentation:
    column, names, best = recipe["column"], recipe["names"], recipe["best"]
    if recipe["primitive"] == "cumulative share":
        return cuts.cumulative_share(customers, column, at, names, thresholds=[None] * len(at))
    return getattr(cuts, recipe["primitive"])(customers, column, at, names, best=best)


def _ruled(recipe: Mapping[str, Any]) -> Callable[..., Segmentation]:
    default = recipe["rules"]

    def run(customers: Customers, rules: Any = default) -> Segmentation:
        """A method of your own: rows of a condition and a segment, first match wins."""
        return _crossed(customers, by_rules(customers, rules), recipe)

    return _hinted(run, rules=Annotated[tuple, Rows("Rows, the first that matches wins")])


def _hinted(run: Callable[..., Segmentation], **hints: Any) -> Callable[..., Segmentation]:
    """The declaration of a function made here: its control is known only now."""
    run.__annotations__ = {"customers": Customers, **hints, "return": Segmentation}
    return run


def _crossed(customers: Customers, result: Segmentation, recipe: Mapping[str, Any]) -> Segmentation:
    if recipe["cross"] is None:
        return result
    return cuts.cross(result, meant(customers, "cross", recipe["cross"]), between=" × ")
