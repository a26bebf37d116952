from segmentation.exports.export import Export

woocommerce_customers = Export(
    title="a customer list of WooCommerce Analytics",
    known_by=("Name", "Username", "Last Active", "Email", "Orders", "Total Spend", "AOV"),
    roles={
        "customer": "Email",
        "name": "Name",
        "revenue": "Total Spend",
        "orders": "Orders",
        "signed_up": "Sign Up",
        "last_order": "",
    },
    shape="customers",
)
