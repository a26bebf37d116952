"""Salesforce: campaign members by the import wizard."""

from segmentation.tools.tool import Tool

salesforce = Tool(
    title="Salesforce",
    headings={
        "first": "First Name",
        "last": "Last Name",
        "name": "Account Name",
        "email": "Email",
        "phone": "Phone",
        "segment": "Segment",
        "before": "Segment before",
        "moved": "Moved",
    },
    needs=("email",),
    most=50_000,
    note="By the Data Import Wizard, which takes 50,000 rows a file: larger lists come in several. Rows that stand twice are not merged.",
)
