"""How files are read, and how several become one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segmentation.checks import Names, Text, Unfit, closed, setting
from segmentation.dataclass import dataclass
from segmentation.joining.joins import Join
from segmentation.joining.keys import family, named_apart
from segmentation.problems import Problem
from segmentation.reading.draft import Decisions

if TYPE_CHECKING:
    from segmentation.joining.joins import Joined
    from segmentation.reading.draft import Progress
    from segmentation.table import Table

READING = tuple(one.name for one in fields(Decisions) if one.name != "progress")  # what can be decided, all as text


@dataclass(frozen=True)
class Joins:
    """Joins as plain data; see `join.py`."""

    def check(self, name: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise Unfit(f"{name} must be a list of joins, or nothing.")
        for one in value:
            Join.of(one)
        return value

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        ends = {one.name: text for one in fields(Join) if one.name != "spread"}
        spread = {"anyOf": [{"type": "array", "items": text}, {"type": "null"}]}
        return {"type": "array", "items": closed({**ends, "spread": spread}) | {"required": list(ends)}}


@dataclass
class Reading:
    reading: dict[str, str] = setting(
        dict, Names(Text(), READING), "decisions about reading (see `segmentation.read`), where they are not left to us"
    )
    files: dict[str, dict[str, str]] = setting(
        dict,
        Names(Names(Text(), READING)),
        "names of files, each with decisions about reading that one, over `reading`; next month's file takes them too",
    )
    joins: list[dict[str, Any]] | None = setting(
        None, Joins(), "how several files belong together; nothing: as their values propose"
    )

    def read(
        self,
        source: str | Path | bytes,
        *,
        name: str | None = None,
        among: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> Table:
        """The table of a file under this study's decisions; see `reading_of` for `among`.

        progress   is told how far reading is, and may cancel it
        """
        from segmentation.reading.read import read  # as `join`: with the first file

        called = name or ("" if isinstance(source, bytes) else Path(source).name)
        decisions: dict[str, Any] = self.reading_of(called, among)
        return read(source, name=name, progress=progress, **decisions)

    def reading_of(self, name: str, among: Iterable[str] = ()) -> dict[str, str]:
        """The decisions about reading the file of that name; `among` are the names of all files brought with it.

        A file without decisions of its own takes those of one that is not there and is called like it but for the
        month ("orders_may.csv" → "orders_june.csv"); where several such were decided differently, of none.
        """
        away = [
            decided for known, decided in self.files.items() if known not in among and family(known) == family(name)
        ]
        like = away[0] if away and all(one == away[0] for one in away) else {}
        return {**self.reading, **self.files.get(name, like)}

    def table(self, sources: Sequence[str | Path | bytes], *, names: Sequence[str | None] = ()) -> Table:
        """The table of one file, or of several joined as this study says; files of one name are told apart as (2)."""
        tables = self.tables(sources, names=names)
        return tables[0] if len(tables) == 1 else self.join(tables)

    def tables(self, sources: Sequence[str | Path | bytes], *, names: Sequence[str | None] = ()) -> list[Table]:
        """The same, each file by itself."""
        called = [
            name or ("The upload" if isinstance(source, bytes) else Path(source).name)
            for source, name in zip_longest(sources, names)
        ]
        apart = named_apart(called)
        return [self.read(source, name=name, among=apart) for source, name in zip(sources, apart, strict=True)]

    def table_or_main(self, tables: Sequence[Table]) -> tuple[Table, str]:
        """Several tables as one, and ""; where this study's own joins do not fit them, the main one of them and why."""
        from segmentation.joining.plan import main  # as `join`

        if len(tables) == 1:
            return tables[0], ""
        try:
            return self.join(tables), ""
        except Problem as problem:
            if self.joins is None:
                raise
            return main(tables), str(problem)

    def join(self, tables: Sequence[Table]) -> Joined:
        """Several tables as one, by this study's joins; to keep those proposed, set `joins` to what they are."""
        from segmentation.joining.join import join

        return join(tables, self.joins)
