from segmentation.exports.export import Export

woocommerce_analytics = Export(
    title="an order list of WooCommerce Analytics",
    known_by=("Order #", "Status", "Customer", "Customer type", "Product(s)", "Items sold", "Net Sales"),
    roles={
        "customer": "Customer",
        "order": "Order #",
        "date": "Date",
        "revenue": "Net Sales",
        "units": "Items sold",
        "product": "",
        "status": "Status",
    },
)
