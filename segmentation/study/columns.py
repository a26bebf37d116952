"""Which column of the file is what."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.checks import Names, Text, setting
from segmentation.columns.sums import parts
from segmentation.dataclass import dataclass
from segmentation.table import Table


@dataclass
class Columns:
    columns: dict[str, str] = setting(
        dict,
        Names(Text()),
        "what is in which column, as customer=Name date=Name revenue=Name …, where it differs from what is recognised; "
        "no name: this role is not in the file; revenue=One+Other adds columns up",
        typed="ROLE=HEADING",
    )

    def forget_missing(self, table: Table) -> list[str]:
        """Leave out columns the table does not have (a study of another file); the headings left out."""
        names = table.data.column_names
        gone = {role: heading for role, heading in self.columns.items() if heading and not parts(heading, names)}
        self.columns = {role: heading for role, heading in self.columns.items() if role not in gone}
        return list(gone.values())


def missing(gone: Sequence[str], name: str) -> str:
    """That settings name these headings, which the table of that name does not have."""
    return f"The settings name columns that {name} does not have ({', '.join(gone)}): choose others for them."
