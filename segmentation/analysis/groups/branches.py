"""The tree of joins as it can be drawn: its last joins, with what was joined before as one branch each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.methods import hierarchical
from segmentation.segments.groups import Groups, without_names

MOST = 30  # branches that are drawn
SMALL = 2  # customers a tree needs


@dataclass(frozen=True)
class Branches:
    """The last joins of a tree, from left to right.

    joins    float64 (branches − 1, 5): across and height of the left side, of the right side, and the height of the join;
             across counts branches, from 0.5; the last join of all stands last
    sizes    int (branches,): how many customers each branch holds; members: one point of each
    """

    joins: np.ndarray
    sizes: np.ndarray
    members: np.ndarray

    def between(self, k: int) -> float:
        """A height at which the tree falls into k parts: halfway between two joins."""
        heights = np.append(np.sort(self.joins[:, 4])[::-1], 0.0)
        return float((heights[min(k, len(heights)) - 2] + heights[min(k, len(heights)) - 1]) / 2)


def branches(tree: np.ndarray, most: int = MOST) -> Branches:
    """What is drawn of SciPy's tree of points (see `hierarchical.tree_of`), which has at least one join."""
    points = len(tree) + 1
    inner = points + max(points - most, 0)  # nodes from here on are joins that are drawn
    joins: list[tuple[float, ...]] = []
    held: list[tuple[int, int]] = []  # size and a point of each branch

    def walk(node: int) -> tuple[float, float]:
        """Draw what is below a node, left side first; where it stands, and how high."""
        if node < inner:
            size = 1 if node < points else int(tree[node - points, 3])
            while node >= points:
                node = int(tree[node - points, 0])
            held.append((size, node))
            return len(held) - 0.5, 0.0
        one, other, high = (float(value) for value in tree[node - points, :3])
        left, right = walk(int(one)), walk(int(other))
        joins.append((*left, *right, high))
        return (left[0] + right[0]) / 2, high

    walk(2 * points - 2)
    sizes, members = np.array(held).T
    return Branches(np.array(joins).reshape(-1, 5), sizes, members)


def grown(customers: Customers, thresholds: Mapping[str, Any]) -> tuple[Branches, np.ndarray, Groups] | None:
    """The branches of the hierarchical method at these thresholds, the group of each branch as it is shown, and the groups.

    None where there is nothing to join.
    """
    groups = hierarchical.found(customers, **without_names(thresholds))[1]
    tree = hierarchical.joined(customers, thresholds)
    if groups.count < SMALL or len(tree) < SMALL:
        return None
    made = branches(tree)
    held = hierarchical.cut(tree, thresholds["k"])[made.members]
    shown = np.empty(len(groups.order), np.intp)
    shown[groups.order] = np.arange(groups.count)
    return made, shown[held], groups


def joined_otherwise(thresholds: Mapping[str, Any]) -> list[str]:
    """What becomes of a distance that was chosen and cannot count, in sentences."""
    return hierarchical.about_ward(thresholds)
