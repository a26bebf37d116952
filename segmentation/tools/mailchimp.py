"""Mailchimp: an audience; one e-mail a row."""

from segmentation.tools.tool import Tool

mailchimp = Tool(
    title="Mailchimp",
    headings={
        "email": "Email Address",
        "first": "First Name",
        "last": "Last Name",
        "phone": "Phone Number",
        "segment": "Segment",
        "before": "Segment before",
        "moved": "Moved",
    },
    needs=("email",),
    note="Match the columns on import; the segment becomes a field of its own, by which you can filter and start a journey.",
)
