from segmentation.exports.export import Export

odoo_sales = Export(
    title="an Odoo sale order export",
    known_by=(
        "Order Reference",
        "Customer",
        "Order Date",
        "Order Lines/Product|Salesperson",
        "Total|Order Lines/Quantity",
    ),
    roles={
        "customer": "Customer",
        "order": "Order Reference",
        "date": "Order Date",
        "revenue": "Total",
        "units": "Order Lines/Quantity",
        "price": "Order Lines/Unit Price",
        "product": "Order Lines/Product",
        "status": "Status",
    },
    per_order=("Total",),
)
