"""Bitrix24: contacts; a first or last name is required."""

from segmentation.tools.tool import Tool

bitrix24 = Tool(
    title="Bitrix24",
    headings={
        "first": "First Name",
        "last": "Last Name",
        "name": "Company",
        "phone": "Phone",
        "email": "E-mail",
        "segment": "Contact Type",
        "before": "Source Information",
        "moved": "Comment",
    },
    needs=("email", "phone"),
    note="The comma is the separator, UTF-8 the encoding. The segment stands in “Contact Type”, whose values must exist before: make one "
    "for each segment.",
)
