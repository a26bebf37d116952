"""Groups as R finds them: k-means, hierarchical cuts, fuzzy c-means, and the measures of how good they are."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris
from sklearn.metrics import adjusted_rand_score

from segmentation import METHODS
from segmentation.analysis.groups.factors import factors
from segmentation.analysis.groups.quality import measures
from segmentation.methods.fuzzy_cmeans import objective
from segmentation.methods.hierarchical import cut, tree_of
from segmentation.segments.groups import points
from tests.small import customers

SPENT = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
BOUGHT = ["profit", "freq", "crossbuy", "sow", "revenue", "employees"]
SCALES = {
    "iris_raw": "none",
    "iris_standardised": "standard",
    "wholesale_standardised": "standard",
    "wholesale_log_standardised": "log",
    "smcrm_acquired_standardised": "standard",
}
FUZZY = [name for name in SCALES if name != "smcrm_acquired_standardised"]  # where all centres run into one
R = {"ward.D2": "ward"}


@pytest.fixture(scope="module")
def base(shared):
    """The columns of a base as a frame."""

    def load(name: str) -> pd.DataFrame:
        if name.startswith("iris"):
            return pd.DataFrame(load_iris().data, columns=list("abcd"))
        if name.startswith("wholesale"):
            return pd.read_csv(shared / "wholesale" / "wholesale_customers.csv")[SPENT].astype(float)
        firms = pd.read_csv(shared / "smcrm" / "acquisitionRetention.csv")
        return firms.loc[firms["acquisition"] == 1, BOUGHT].astype(float).reset_index(drop=True)

    return load


@pytest.fixture(scope="module")
def labelled(base):
    """The segment of each row of a base by one of our methods."""

    def run(name: str, method: str, **given):
        frame = base(name)
        people = customers([f"{at:04}" for at in range(len(frame))], **{one: frame[one].to_numpy() for one in frame})
        settings = {"columns": tuple(frame), "transform": SCALES[name], "outliers": "keep"}
        return METHODS[method](people, **settings, **given)

    return run


def as_r_sees(name: str, frame: pd.DataFrame) -> np.ndarray:
    """The columns as R was given them."""
    values = np.log(frame) if "log" in name else frame
    return (values if name.endswith("raw") else (values - values.mean()) / values.std()).to_numpy()


@pytest.mark.parametrize("name", SCALES)
def test_kmeans_is_as_tight_as_the_best_of_a_hundred_starts(name, base, labelled, oracles):
    values = as_r_sees(name, base(name))
    for k, known in oracles["clusters"][name]["kmeans"].items():
        codes = labelled(name, "kmeans", k=int(k)).codes
        within = sum(((one - one.mean(axis=0)) ** 2).sum() for one in (values[codes == at] for at in range(int(k))))
        assert within <= 1.001 * known["tot.withinss"], k


@pytest.mark.parametrize("name", SCALES)
def test_every_hierarchical_cut_is_the_same(name, base, oracle):
    known, values, trees = oracle(f"clusters_{name}"), as_r_sees(name, base(name)), {}
    for column in known.filter(like="hclust_"):
        _, linkage, distance, k = column.split("_")
        way = (R.get(linkage, linkage), distance)
        if way not in trees:
            trees[way] = tree_of(values, *way)
        assert adjusted_rand_score(known[column], cut(trees[way], int(k))) == 1, column


@pytest.mark.parametrize("name", [name for name in SCALES if SCALES[name] != "none"])  # there many distances are equal
def test_the_method_cuts_where_the_tree_is_cut(name, labelled, oracle):
    known = oracle(f"clusters_{name}")
    for linkage, distance in (("ward.D2", "euclidean"), ("complete", "manhattan"), ("average", "euclidean")):
        found = labelled(name, "hierarchical", linkage=R.get(linkage, linkage), distance=distance, k=4)
        assert adjusted_rand_score(known[f"hclust_{linkage}_{distance}_4"], found.codes) == 1, (linkage, distance)


@pytest.mark.parametrize("name", FUZZY)
def test_fuzzy_centres_and_degrees_are_the_same(name, base, labelled, oracle, oracles):
    """R stops a little before its centres stand still: ours are as near to them as R's last step was long."""
    values, rows = as_r_sees(name, base(name)), oracle(f"clusters_{name}")
    for k, known in oracles["clusters"][name]["cmeans"].items():
        ours = labelled(name, "fuzzy_cmeans", k=int(k)).detail.drop(columns="undecided").to_numpy()
        centres = (ours**2).T @ values / (ours**2).sum(axis=0)[:, None]
        order = [int(((centres - one) ** 2).sum(axis=1).argmin()) for one in np.array(known["centers"])]
        assert sorted(order) == list(range(int(k)))
        assert objective(values, centres) <= (1 + 1e-6) * known["objective_sum_u2_d2"]
        assert centres[order] == pytest.approx(np.array(known["centers"]), abs=2e-2)
        assert ours[:, order] == pytest.approx(rows.filter(like=f"cmeans_{k}_").to_numpy(), abs=2e-2)


@pytest.mark.parametrize("name", SCALES)
def test_measures_of_quality_are_the_same(name, base, oracle, oracles):
    values, labels = as_r_sees(name, base(name)), oracle(f"clusters_{name}")
    for k, known in oracles["clusters"][name]["kmeans"].items():
        found = measures(values, labels[f"kmeans_{k}"].to_numpy())
        assert found == pytest.approx([known[one] for one in ("silhouette", "calinski_harabasz", "davies_bouldin")])


@pytest.mark.parametrize("name", SCALES)
def test_factors_keep_of_all_differences_what_r_s_components_do(name, base, oracles):
    frame = base(name)
    people = customers([f"{at:04}" for at in range(len(frame))], **{one: frame[one].to_numpy() for one in frame})
    found = factors(points(people, tuple(frame), SCALES[name], "keep"))
    assert np.allclose(found.shares, oracles["clusters"][name]["pca_explained"], atol=2e-6)
