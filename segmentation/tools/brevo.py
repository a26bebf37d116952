"""Brevo: contacts; headings are names of attributes."""

from segmentation.tools.tool import Tool

brevo = Tool(
    title="Brevo",
    headings={
        "email": "EMAIL",
        "first": "FIRSTNAME",
        "last": "LASTNAME",
        "phone": "SMS",
        "id": "EXT_ID",
        "segment": "SEGMENT",
        "before": "SEGMENT_BEFORE",
        "moved": "MOVED",
    },
    needs=("email", "phone", "id"),
    note="Make the attributes SEGMENT, SEGMENT_BEFORE and MOVED first: attributes it does not know are passed over. Leave the option off "
    "by which empty cells erase what is there.",
)
