"""B2B potential categories 5…1 by rules, with the next category and the step that leads there."""

from typing import Annotated

import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Rows
from segmentation.segments.method import method
from segmentation.segments.rules import by_rules
from segmentation.segments.segmentation import UNKNOWN, Segmentation

STEPS = {
    "5": "Look for new uses of what we sell",
    "4": "Convince of special tools",
    "3": "Demonstrate carbide tools",
    "2": "Follow, and help choose the first CNC machine",
    "1": "No active work",
}


@method(
    "B2B ladder 5…1",
    family="What to do",
    question="How far up can each company be led?",
    misleads="It misleads where the attributes are old: a category is only as good as the last visit to the customer.",
    source="Potential categories of a maker of cutting tools, by equipment and tools in use.",
    segments={
        "5": ("Has CNC, uses special and standard tools: a regular customer.", STEPS["5"] + "."),
        "4": ("Has CNC, standard tools only.", STEPS["4"] + "."),
        "3": ("Buys now and then, in small amounts.", STEPS["3"] + "."),
        "2": ("Growing production, no CNC yet.", STEPS["2"] + "; may become a 4 or 5."),
        "1": ("Works metal without the equipment we serve.", STEPS["1"] + "."),
        "*": ("A rung of your own.", "The step that leads to the rung above."),
    },
    looks={"The ladder": lambda method, customers, given: ladder(method(customers, **given))},
    asks=[("4", "3", "2")],
    steps=STEPS,
)
def b2b_ladder(
    customers: Customers,
    rules: Annotated[tuple, Rows("Rungs, best first")] = (
        {"when": "cnc = yes and special_tools = yes and standard_tools = yes", "segment": "5"},
        {"when": "cnc = yes and standard_tools = yes", "segment": "4"},
        {"when": "orders >= 1", "segment": "3"},
        {"when": "production = growing and cnc = no", "segment": "2"},
        {"when": "else", "segment": "1"},
    ),
) -> Segmentation:
    """5: has CNC and uses special and standard tools. 4: CNC, standard tools only. 3: buys now and then. 2: growing, no
    CNC yet. 1: works metal without the equipment served. The rules are yours: first match wins, best rung first.
    """
    result = by_rules(customers, rules)
    return Segmentation(customers, result.names, result.placing, detail=lambda: _steps(result))


def ladder(result: Segmentation) -> pd.DataFrame:
    """One row a rung, best first: rung, customers, next (the rung above, empty at the top), step (what leads there)."""
    above = ["", *result.names[:-1]]
    steps = [STEPS.get(name, "") for name in result.names]
    counts = result.counts[: len(result.names)]
    return pd.DataFrame({"rung": result.names, "customers": counts, "next": above, "step": steps})


def _steps(result: Segmentation) -> pd.DataFrame:
    """Of every customer the next rung and the step."""
    rungs = ladder(result).set_index("rung")[["next", "step"]]
    rungs.loc[UNKNOWN] = ""
    found = rungs.iloc[result.codes]
    return found.set_axis(result.customers.frame.index)
