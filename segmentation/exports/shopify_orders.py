from segmentation.exports.export import Export

shopify_orders = Export(
    title="a Shopify order export",
    known_by=("Name", "Financial Status", "Lineitem quantity", "Lineitem name", "Lineitem price"),
    roles={
        "customer": "Email|Phone|Billing Name",
        "name": "Billing Name",
        "order": "Name",
        "date": "Created at|Paid at",
        "revenue": "Total",
        "units": "Lineitem quantity",
        "price": "Lineitem price",
        "product": "Lineitem name",
        "refund": "Refunded Amount",
        "status": "Financial Status",
        "discount": "",
    },
    per_order=("Total", "Refunded Amount"),
)
