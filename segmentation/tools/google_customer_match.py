"""Google Ads Customer Match: an audience for each segment, hashed."""

from segmentation.tools.tool import Tool

google_customer_match = Tool(
    title="Google Customer Match",
    headings={
        "email": "Email",
        "phone": "Phone",
        "first": "First Name",
        "last": "Last Name",
        "country": "Country",
        "zip": "Zip",
    },
    needs=("email", "phone"),
    hashed=("email", "phone", "first", "last"),
    apart=True,
    note="One audience a file; say on upload that the data are hashed. Country and postcode are never hashed, and addresses match only "
    "where names, country and postcode are all known.",
)
