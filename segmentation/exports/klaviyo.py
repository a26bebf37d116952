from segmentation.exports.export import Export

klaviyo = Export(
    title="a Klaviyo profile export",
    known_by=("Email", "Klaviyo ID", "First Active", "Last Active", "Profile Created On|Date Added"),
    roles={
        "customer": "Email|Klaviyo ID|Phone Number",
        "revenue": "Historic Customer Lifetime Value",
        "orders": "Historic Number Of Orders",
        "signed_up": "Profile Created On|Date Added",
        "cost": "",
        "units": "",
        "potential": "",
    },
    shape="customers",
)
