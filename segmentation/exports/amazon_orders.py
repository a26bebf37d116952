from segmentation.exports.export import Export

amazon_orders = Export(
    title="an Amazon order report",
    known_by=("amazon-order-id|order-id", "purchase-date", "sku", "item-price"),
    roles={
        "customer": "buyer-email|buyer-name",
        "name": "buyer-name",
        "order": "amazon-order-id|order-id",
        "date": "purchase-date",
        "revenue": "item-price",  # of the whole line, whatever its quantity
        "units": "quantity|quantity-purchased|quantity-shipped",
        "product": "product-name",
        "status": "order-status",
        "currency": "currency",
        "price": "",
    },
)
