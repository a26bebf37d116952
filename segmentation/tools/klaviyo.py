"""Klaviyo: profiles; the first column is the e-mail or the telephone."""

from segmentation.tools.tool import Tool

klaviyo = Tool(
    title="Klaviyo",
    headings={
        "email": "Email",
        "phone": "Phone Number",
        "first": "First Name",
        "last": "Last Name",
        "city": "City",
        "zip": "Zip Code",
        "country": "Country",
        "segment": "Segment",
        "before": "Segment before",
        "moved": "Moved",
    },
    needs=("email", "phone"),
    note="Flows that start when somebody joins a list start on this upload, unless you switch them off. Consent is not in the file: "
    "without it nobody can be texted.",
)
