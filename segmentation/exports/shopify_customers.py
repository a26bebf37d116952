from segmentation.exports.export import Export

shopify_customers = Export(
    title="a Shopify customer export",
    known_by=("First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Spent", "Total Orders"),
    roles={
        "customer": "Email|Customer ID|Phone",
        "revenue": "Total Spent",
        "orders": "Total Orders",
        "phone": "Phone|Default Address Phone",
    },
    shape="customers",
)
