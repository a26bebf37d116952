"""What `run` writes: a study replayed on a file, as lists, tables and pictures in one folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from segmentation import formats
from segmentation.analysis import pareto, portfolio
from segmentation.analysis.summary import finding, summarise
from segmentation.columns.metrics import label
from segmentation.problems import Problem
from segmentation.report.pictures import pictures, png, svg
from segmentation.report.tables import csv, labels_csv
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study


def write(study: Study, sources: Sequence[str | Path], folder: Path) -> list[str]:
    """Replay a study on a file, or on several that belong together, into a folder.

    The folder is made where it is missing; its own files are written over.

    Returns the names written: labels.csv, summary.csv, customers.csv, left_out.csv (every row not used, and why),
    report.md, study.json and the pictures.
    Raises Problem where a file cannot be read or the folder not written.
    """
    study = replace(study, file=" + ".join(Path(one).name for one in sources))
    table = study.table(sources)
    customers = study.customers(table)
    segmentation = study.segmentation(customers)
    files = {
        "labels.csv": labels_csv(segmentation),
        "summary.csv": csv(summarise(segmentation).drop(columns="colour")),
        "customers.csv": csv(customers.frame),
        "left_out.csv": csv(study.left_out(table).frame()),
        "report.md": report(study, segmentation).encode("utf-8"),
        "study.json": study.to_json().encode("utf-8"),
    }
    for name, chart in pictures(segmentation, portfolio.lines(customers, study.lines), study.currency).items():
        files[f"{name}.png"], files[f"{name}.svg"] = png(chart), svg(chart)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise Problem(f"The folder {folder} cannot be written: {error.strerror}.") from None
    return list(files)


def report(study: Study, segmentation: Segmentation) -> str:
    """What was found, in sentences."""
    method, customers = study.chosen, segmentation.customers
    facts = [
        f"# {method.question}",
        finding(segmentation, summarise(segmentation), study.currency, escape=formats.plain),
        *_balance(segmentation),
        f"Method: {method.title} ({_thresholds(study)}). File: {formats.plain(study.file)}.",
        *map(formats.plain, customers.notes),
    ]
    return "\n\n".join(facts) + "\n"


def _balance(segmentation: Segmentation) -> list[str]:
    """How much hangs on a few; nothing where nobody is above zero."""
    customers = segmentation.customers
    column = pareto.column_of(segmentation)
    found = pareto.balance(customers, column)
    word = formats.plain(label(column).lower())
    return [f"{formats.share(found.share_for_80)} of customers bring 80% of {word}: {found.verdict}."] if found else []


def _thresholds(study: Study) -> str:
    """Those that count under the choices made."""
    values, controls = study.values(), study.chosen.controls
    counting = {
        name: value for name, value in values.items() if value not in ("", {}) and _counts(controls[name].when, values)
    }
    return ", ".join(f"{name} = {formats.setting(value)}" for name, value in counting.items())


def _counts(when: tuple[str, str] | None, values: Mapping[str, object]) -> bool:
    return when is None or values[when[0]] == when[1]
