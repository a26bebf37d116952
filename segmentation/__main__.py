"""The shell: the same work without the app.

    python -m segmentation methods [--json]
    python -m segmentation read      FILE… [decisions] --out table.csv
    python -m segmentation customers FILE… [decisions] [--as-of DATE] [--window MONTHS] --out customers.csv
                                               [--left-out rows.csv]
    python -m segmentation segment   FILE… --method NAME [--set key=value …] [decisions] --out labels.csv
    python -m segmentation potential FILE… --model NAME [--set key=value …] [decisions] --out potential.csv
    python -m segmentation template  transactions|customers|wide [--out file.csv|file.xlsx]
    python -m segmentation run STUDY.json FILE… --out FOLDER [--as html,pptx,xlsx,…] [--last FILE…]
    python -m segmentation study --schema

The suffix of --out says in which format a table is written, where there is one of that name; else it is CSV.

A summary goes to standard output, as JSON with --json. What cannot be done is one line on standard error, status 2.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from segmentation import METHODS, Customers, Problem, Study, formats, stopped, templates
from segmentation.analysis.remarks import remarks
from segmentation.analysis.scales import scales
from segmentation.analysis.summary import summarise
from segmentation.apart import forked
from segmentation.audit import DECIDING, Finding, audit
from segmentation.checks import Check, Names, Number, OneOf, Texts, settings_of
from segmentation.columns.match import named_export
from segmentation.columns.taken import OFFERED, in_short, taken
from segmentation.joining.joins import Join, Joined
from segmentation.potential import MODELS
from segmentation.report import Listing, of_tables, suffixes, writing
from segmentation.report.findings import UNAPPLIED, Findings, labels
from segmentation.report.folder import Beside, Files, drawn_in, made_all, ready, write_found
from segmentation.rollup.settings import SHAPES, RollUpSettings
from segmentation.segments.controls import as_number
from segmentation.study import READING
from segmentation.study.columns import Columns
from segmentation.table import Question, Table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    try:
        stopped.in_order()
        given = parser().parse_args(arguments)
        given.command(given)
        print(end="", flush=True)
    except Problem as problem:
        ways = " or ".join(shlex.join(one.split(" ", 1)) for one in problem.typed)
        print(str(problem).replace("\n", " ") + (f" To take it: {ways}" if ways else ""), file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read our output has seen enough
        _print_no_more()
    except OSError as error:  # the files we write say their own Problem: this is standard output
        _print_no_more()
        print(f"The output cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(stopped.SAID, file=sys.stderr)
        return stopped.STATUS
    return 0


def _print_no_more() -> None:
    """What is still to be printed goes nowhere, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise Problem(f"{message[0].upper()}{message[1:]}. See python -m segmentation --help.")


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    whole = _Parser(prog="python -m segmentation", description="Segments of customers, from the shell.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for name, run, says in COMMANDS:
        one = commands.add_parser(name, help=says, description=says, allow_abbrev=False)
        one.set_defaults(command=run)
        one.add_argument("--json", action="store_true", help="print the summary as JSON, numbers unrounded")
        if name == "run":
            one.add_argument("study", metavar="STUDY.json")
            one.add_argument(
                "--last",
                nargs="+",
                default=[],
                metavar="FILE",
                help="last month's file, or files: the report says who moved between segments since",
            )
            one.add_argument(
                "--as",
                dest="formats",
                metavar="FORMAT,…",
                help=f"the formats written, all if not said: {','.join(suffixes())}",
            )
        if name == "template":
            one.add_argument("shape", choices=SHAPES, help="what a row is")
            one.add_argument("--out", help="where to write: .csv or .xlsx")
        if name == "study":
            one.add_argument("--schema", action="store_true", required=True, help="as JSON schema")
        if name not in ("methods", "template", "study"):
            one.add_argument(
                "files", metavar="FILE", nargs="+", help="CSV, TSV, Excel, ODS, Parquet; plain, .gz or .zip"
            )
            one.add_argument("--out", required=name == "run", help="where to write")
        if name not in ("methods", "template", "run", "study"):
            _decisions(one)
        if name == "customers":
            one.add_argument("--left-out", metavar="FILE", help="where to write every row that is not used, and why")
        if name in ("segment", "potential"):
            one.add_argument(
                "--set",
                nargs="+",
                action="extend",
                default=[],
                metavar="KEY=VALUE",
                help="thresholds; a list is 30,60,90",
            )
        if name == "segment":
            one.add_argument("--method", help="a name from: python -m segmentation methods")
            one.add_argument(
                "--detail", action="store_true", help="write what stands behind a segment too (scores, flags)"
            )
            one.add_argument(
                "--degrees",
                action="store_true",
                help="write one column each segment, 0 to 1: the input of another model",
            )
        if name == "potential":
            one.add_argument("--model", help=", ".join(MODELS))
    return whole


DECISIONS = settings_of(Columns) | settings_of(RollUpSettings)  # each is an option of its name


def _decisions(one: argparse.ArgumentParser) -> None:
    for name, setting in DECISIONS.items():
        one.add_argument(_option(name), help=setting.about, metavar=setting.typed, **_taken(setting.check))
    for name in READING:
        one.add_argument(f"--{name}", help=f"how the file is read: {name}, where it is not left to us")
    one.add_argument(
        "--join",
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE:COLUMN=FILE:COLUMN",
        help="how several files belong together, each sale's side first, where it is not left to us",
    )
    one.add_argument("--study", metavar="STUDY.json", help="take all decisions from a study; other options win over it")


def _option(setting: str) -> str:
    return f"--{setting.replace('_', '-')}"


def _taken(check: Check) -> dict[str, Any]:
    """How many words an option takes, and which."""
    if isinstance(check, OneOf):
        return {"choices": check.ways}
    return {"nargs": "+", "action": "extend"} if isinstance(check, Names | Texts) else {}


# The commands


def methods(given: argparse.Namespace) -> None:
    """List the methods with their thresholds."""
    if given.json:
        _print_json([method.describe() for method in METHODS.values()])
        return
    for method in METHODS.values():
        print(f"{method.name}: {method.question} (needs {method.wants})")
        for name, control in method.controls.items():
            print(f"    {name} = {formats.setting(method.defaults[name])}  {control.limits}  {control.label}")


def read(given: argparse.Namespace) -> None:
    """Read a file as the app would: the table, the report, the rows set aside, and what is odd about it."""
    study = _study(given)
    table = _table(given, study)
    if given.out is not None:
        _give(given.out, table.frame().rename_axis(None))
    aside, unread = (json.loads(part.to_json(orient="records")) for part in (table.set_aside, table.unread))
    findings = audit(table, study.columns)
    if given.json:
        left_out = {"set_aside": aside, "unread": unread, "findings": [_finding(one) for one in findings]}
        known = {**table.report.to_dict(), **_joins(table), "name": table.name, "columns": table.data.column_names}
        _print_json(known | left_out | _taken_json(table, study))
        return
    print(*table.report.sentences, *filter(None, [named_export(table)]), *_asked(table), sep="\n")
    print(*(one.sentence for one in taken(table, study.columns)), sep="\n")
    for one in findings:
        print(f"{one.sentence} {one.effect}", *_options(one), sep="\n    ")
    for row in aside[:SHOWN]:
        print(f"Line {row['line']} is set aside, {row['reason']}: {row['text'][:100]}")
    print(f"{formats.plural(len(aside), 'row')} set aside.")


SHOWN = 20  # rows set aside that are printed; --json has them all


def _options(one: Finding) -> list[str]:
    """The choices of a finding as options to type; a choice that the shell has no option for is left out."""
    typed = [
        (" ".join(itertools.starmap(_typed, choice.settings.items())), choice.label)
        for choice in one.choices
        if any(choice.settings.values()) and choice.settings.keys() <= DECISIONS.keys()
    ]
    return [f"{words}   {label}" for words, label in typed]


def _typed(setting: str, value: Any) -> str:
    pairs = [f"{key}={one}" for key, one in value.items()] if isinstance(value, dict) else value
    words = pairs if isinstance(pairs, list) else [str(pairs)]
    return " ".join([_option(setting), *map(shlex.quote, words)])


def _asked(table: Table) -> list[str]:
    """What the file leaves open, each with the options that decide it."""
    read = [
        line
        for question in table.report.questions
        for line in (question, *(f"    --{question.setting} {_answer(question, value)}" for value in question.readings))
    ]
    return read + [
        line
        for choice in (table.choices if isinstance(table, Joined) else ())
        for line in (choice.sentence, *(f"    --join {_typed_joins(plan)}" for _, plan in choice.others))
    ]


def _typed_joins(plan: Sequence[Join]) -> str:
    return " ".join(shlex.quote(f"{one.table}:{one.column}={one.to}:{one.key}") for one in plan)


def _left_out(table: Table) -> list[str]:
    """A sentence for each file that is not part of the table."""
    return list(table.left_out) if isinstance(table, Joined) else []


def _said_of(table: Table, study: Study) -> list[str]:
    """What was taken as what, and the warnings of the reader: what whoever sees the figures should know."""
    aside = len(table.set_aside)
    gone = [f"{formats.plural(aside, 'row was', 'rows were')} set aside when the file was read."] if aside else []
    odd = [f"{one.sentence} {one.effect}" for one in audit(table, study.columns, checks=DECIDING)]
    named = filter(None, [named_export(table)])
    return [*named, *_left_out(table), *in_short(taken(table, study.columns)), *_asked(table), *odd, *gone]


def _taken_json(table: Table, study: Study) -> dict[str, Any]:
    """The same as plain data: role, heading, how sure and why."""
    said = [one.to_dict() for one in taken(table, study.columns)]
    return {
        "taken": [one for one in said if one["how"] != OFFERED],
        "offered": [one for one in said if one["how"] == OFFERED],
        "questions": [question.to_dict() for question in table.report.questions],
        "rows_set_aside": len(table.set_aside),
        "tables_left_out": _left_out(table),
        "export": named_export(table),
    }


def _answer(question: Question, value: str) -> str:
    """A decision as it is typed, and what it would read."""
    typed = f"{question.column}={value}" if question.column else value
    return f"{shlex.quote(typed)}  {question.readings[value]}"


def _finding(one: Finding) -> dict[str, Any]:
    choices = [{"label": choice.label, "settings": choice.settings} for choice in one.choices]
    return {"name": one.name, "sentence": one.sentence, "effect": one.effect, "rows": len(one.rows), "choices": choices}


def _joins(table: Table) -> dict[str, Any]:
    """What was joined: as plain data, with the rows that matched on either side."""
    if not isinstance(table, Joined):
        return {}
    counts = ("matched", "rows", "used", "keys")
    asked = [
        {"sentence": one.sentence, "joins": [[join.plain() for join in plan] for _, plan in one.others]}
        for one in table.choices
    ]
    joins = [link.join.plain() | {name: getattr(link, name) for name in counts} for link in table.links]
    return {"joins": joins, "joins_asked": asked}


def customers(given: argparse.Namespace) -> None:
    """Roll a file up to one row per customer."""
    study = _study(given)
    table = _table(given, study)
    people = study.customers(table)
    if given.out is not None:
        _give(given.out, people.frame)
    if given.left_out is not None:
        _give(given.left_out, study.left_out(table).frame())
    if given.json:
        sums = {name: people.total(name) for name in ("revenue", "profit", "potential") if name in people.frame}
        _print_json(
            {"customers": len(people), **_when(people), **sums, "notes": people.notes, "left_out": people.left_out}
            | _taken_json(table, study)
        )
        return
    when = f", as of {people.as_of}" if people.as_of else ""
    print(f"{formats.plural(len(people), 'customer')}{when}.", *people.notes, *_said_of(table, study), sep="\n")


def segment(given: argparse.Namespace) -> None:
    """Put every customer into a segment of a method."""
    if not (given.method or given.study):
        raise Problem(f"Segment takes --method NAME, or a --study that has one; there are {', '.join(METHODS)}.")
    study = _study(given)
    if given.method:
        study.choose(given.method)
    study.set(**dict(_pair(text, "--set") for text in given.set))
    table = _table(given, study)
    people = study.customers(table)
    result = study.segmentation(people)
    if given.out is not None:
        _give(given.out, labels(result, detail=given.detail, degrees=given.degrees))
    summary = summarise(result).drop(columns="colour")
    remarked = remarks(study.chosen, study.values(), result)
    if people.has_portfolio:
        remarked.append(scales(people))
    if given.json:
        said = {"segments": _records(summary), "remarks": remarked, "notes": people.notes}
        about = {"method": study.method, "thresholds": study.values(), **_when(people), **said}
        _print_json(about | _taken_json(table, study))
        return
    _print_table(summary)
    print(*remarked, *people.notes, *_said_of(table, study), sep="\n")


def potential(given: argparse.Namespace) -> None:
    """What each customer could bring in the coming time, by a model."""
    study = _study(given)
    if not (given.model or study.model):
        raise Problem(f"Potential takes --model NAME, or a --study that has one; there are {', '.join(MODELS)}.")
    if given.model:
        study.choose_model(given.model)
    study.set_model(**dict(_pair(text, "--set") for text in given.set))
    table = _table(given, study)
    people = study.without_model().customers(table)
    found = study.found(people)
    if given.out is not None:
        _give(given.out, people.frame[[]].assign(**found.known, potential=found.values))
    total, unknown = float(np.nansum(found.values)), int(np.isnan(found.values).sum())
    if given.json:
        counts = {"customers": len(people), "unknown": unknown}
        said = {"note": found.sentence, "warnings": found.warnings, "facts": found.facts}
        about = {"model": study.model, "settings": study.settings(), **counts, "potential": total, **said}
        _print_json(about | _taken_json(table, study))
        return
    rest = f"; of {formats.count(unknown)} more nothing is known" if unknown else ""
    brought = f"{formats.whole(total)} from {formats.plural(len(people) - unknown, 'customer')}{rest}."
    print(brought, found.sentence, *found.warnings, *_facts(found.facts), *_said_of(table, study), sep="\n")


def _facts(facts: dict[str, Any]) -> list[str]:
    """What a model found of all customers, one line."""
    said = [f"{name} {f'{value:.6g}' if isinstance(value, float) else value}" for name, value in facts.items()]
    return [", ".join(said)] if said else []


def run(given: argparse.Namespace) -> None:
    """Replay a study on a file: labels, summary and pictures into a folder."""
    study = Study.load(given.study)
    chosen = given.formats.split(",") if given.formats is not None else suffixes()
    said = cache(lambda: _said_of(found.table, found.study))
    meanwhile: Callable[[], object] = int if given.json else said
    beside = _drawing(drawn_in(chosen), meanwhile)  # begins while the file is read
    found = Findings.of(study, _files(given.files), _files(given.last))
    telling = [] if beside else [ThreadPoolExecutor(1).submit(meanwhile)]  # as customers and lists are made
    fitted = found.fitted()
    written = write_found(fitted, Path(given.out), chosen, _working_on, beside)
    if fitted.unapplied:
        print(f"Not all of {given.study} fits this file: what does not is listed on standard output.", file=sys.stderr)
    if given.json:
        about = {"folder": given.out, "files": written, "notes": found.customers.notes, "unapplied": fitted.unapplied}
        _print_json(about | _taken_json(found.table, found.study))
        return
    wait(telling)
    lacking = (f"{UNAPPLIED}: {one}" for one in fitted.unapplied)
    ask = [LAST] if fitted.untold else []
    print(f"Written to {given.out}: {', '.join(written)}.", *lacking, *ask, *found.customers.notes, *said(), sep="\n")


LAST = "Who moved between segments since findings were kept can be said with last month's file too: --last FILE."


def _drawing(drawn: list[str], meanwhile: Callable[[], object]) -> Beside | None:
    """What makes these formats in a process beside this one, where there is a processor for it; it starts at once.

    meanwhile   is done here before they are waited for
    """
    if not drawn or os.name != "posix" or (os.cpu_count() or 1) < 2:
        return None
    later = forked.Forked().later if forked.possible() else _pool()
    later(ready, drawn)

    def beside(wanted: list[str], found: Findings) -> Callable[[], dict[str, Files]]:
        made = later(made_all, wanted, found.study, found.table, found.files_read, found.customers, found.handed)

        def waiting() -> dict[str, Files]:
            meanwhile()
            return made.result()

        return waiting

    return beside


def _pool() -> Callable[..., Future[Any]]:
    from segmentation.apart.pool import Pool  # for systems where a process cannot go on as two

    return partial(forked.meanwhile, Pool(1, nice=0).do)


def _working_on(file: str) -> None:
    """Say to whoever sits before the terminal what takes its time."""
    if sys.stderr.isatty():
        print(f"Making {file} …", file=sys.stderr, flush=True)


def template(given: argparse.Namespace) -> None:
    """An empty file with the right headings, and what each column is for."""
    columns = templates.fields(given.shape)
    if given.out is not None:
        make = templates.xlsx if given.out.lower().endswith(".xlsx") else templates.csv
        writing.write(given.out, make(given.shape))
    if given.json:
        methods = templates.needs().to_dict("records")
        _print_json({"shape": given.shape, "columns": [asdict(one) for one in columns], "methods": methods})
        return
    for one in columns:
        print(f"{one.heading}{' (needed)' if one.needed else ''}: {one.help}")


def study_form(given: argparse.Namespace) -> None:
    """The form of a study, so that another program can write or check one."""
    _print_json(Study.schema())


COMMANDS = (
    ("methods", methods, "list the methods with their thresholds"),
    ("read", read, "read a file as the app would"),
    ("customers", customers, "roll a file up to one row per customer"),
    ("segment", segment, "put every customer into a segment"),
    ("potential", potential, "what each customer could bring"),
    ("template", template, "an empty file with the right headings"),
    ("run", run, "replay a study on a file"),
    ("study", study_form, "what a study can hold"),
)


# From options to a study


def _study(given: argparse.Namespace) -> Study:
    """The study named, else a fresh one, with the options given on the command line over it."""
    study = Study.load(given.study) if given.study else Study()
    study.reading = {**study.reading, **{name: getattr(given, name) for name in READING if getattr(given, name)}}
    for name, setting in DECISIONS.items():
        if words := getattr(given, name):
            setattr(study, name, _meant(_option(name), setting.check, words, getattr(study, name)))
    if given.join:
        study.joins = [_join(text) for text in given.join]
    study.check()
    return study


def _meant(option: str, check: Check, words: Any, before: Any = None) -> Any:
    """The value of a setting as it was typed; names and values add to those there were before."""
    if isinstance(check, Names):
        pairs = (_pair(word, option) for word in words)
        return {**before, **{key: _meant(key, check.values, value) for key, value in pairs}}
    if isinstance(check, Number):
        number = as_number(option, words)
        return int(number) if check.whole and number.is_integer() else number
    return words


def _pair(text: str, option: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise Problem(f"{option} takes key=value, not “{text}”.")
    return key, value


def _files(files: list[str]) -> list[str]:
    if strange := [file for file in files if file.startswith("connection:")]:
        raise Problem(f"“{strange[0]}” is a connection; only files are read so far: export the table first.")
    return files


def _table(given: argparse.Namespace, study: Study) -> Table:
    """The table of the file, or of several files joined."""
    return study.table(_files(given.files))


def _join(text: str) -> dict[str, str]:
    """A join as it is typed: orders.csv:CustomerID=customers.csv:ID."""
    (table, _, column), (to, _, key) = (side.partition(":") for side in _pair(text, "--join"))
    if not (table and column and to and key):
        raise Problem(f"--join takes FILE:COLUMN=FILE:COLUMN, the finer one first, not “{text}”.")
    return {"table": table, "column": column, "to": to, "key": key}


# Out


def _give(path: str, frame: pd.DataFrame) -> None:
    """Write a table in the format the name of the file asks for."""
    writing.write(path, of_tables(path).write(Listing(frame)))


def _when(people: Customers) -> dict[str, Any]:
    return {"as_of": people.as_of and people.as_of.isoformat(), "start": people.start and people.start.isoformat()}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.astype(object).itertuples(index=False)]


def _print_json(value: Any) -> None:
    print(json.dumps(_plain(value), indent=2, ensure_ascii=True))


def _plain(value: Any) -> Any:
    """Plain values that JSON can hold; what is missing is null."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _print_table(summary: pd.DataFrame) -> None:
    """The summary's chief columns as aligned text; --json has them all."""
    shown = pd.DataFrame({"segment": summary["segment"], "customers": summary["customers"].map(formats.count)})
    for name in ("customers", "revenue", "profit", "potential"):
        if name in summary and name != "customers":
            shown[name] = [formats.whole(value) for value in summary[name]]
        if f"share_of_{name}" in summary:
            shown[f"of {name}"] = [formats.share(value, 1) for value in summary[f"share_of_{name}"]]
    print(shown.to_string(index=False))


def command() -> int:
    """What the shell starts: letters that its terminal does not have are replaced."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a closed one is None
        stream.reconfigure(errors="replace")  # type: ignore[attr-defined]
    return main()


if __name__ == "__main__":
    sys.exit(command())
