"""HubSpot: contacts; the e-mail keeps them from standing twice."""

from segmentation.tools.tool import Tool

hubspot = Tool(
    title="HubSpot",
    headings={
        "email": "Email",
        "first": "First Name",
        "last": "Last Name",
        "phone": "Phone Number",
        "city": "City",
        "segment": "Segment",
        "before": "Segment before",
        "moved": "Moved",
    },
    needs=("email",),
    most=1_048_575,
    note="Import as contacts; make a property “Segment” first, as HubSpot has no tags for contacts.",
)
