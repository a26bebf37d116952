"""What a list for another program must look like."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.dataclass import dataclass

WHAT = {  # what can stand in a list, in words
    "id": "customer number",
    "email": "e-mail",
    "phone": "telephone",
    "first": "given name",
    "last": "surname",
    "name": "name",
    "city": "city",
    "zip": "postcode",
    "country": "country",
    "segment": "segment",
    "before": "segment before",
    "moved": "entered or stayed",
}


@dataclass(frozen=True)
class Tool:
    """The list one program takes.

    title     the program's name
    headings  what stands in a column (of WHAT) → its heading, in the order of the columns
    needs     one of these must be known of somebody who is listed
    hashed    what is given as SHA-256 of the trimmed text in small letters, never as it is
    apart     one file a segment, since the program has no column for it
    neutral   file names say nothing of the segment: the program forbids names that speak of money or health
    plus      telephones begin with a plus; else they are digits alone
    most      customers a file may hold; 0: any number
    least     customers a file must hold to be of use
    note      what to know when it is imported, in a sentence or two
    """

    title: str
    headings: Mapping[str, str]
    needs: tuple[str, ...]
    note: str
    hashed: tuple[str, ...] = ()
    apart: bool = False
    neutral: bool = False
    plus: bool = True
    most: int = 0
    least: int = 0
