from segmentation.exports.export import Export

woocommerce_orders = Export(
    title="a WooCommerce order export",
    known_by=("Order Number", "Order Status", "Email (Billing)", "Order Total Amount|Quantity (- Refund)"),
    roles={
        "customer": "Email (Billing)|Phone (Billing)",
        "order": "Order Number",
        "date": "Order Date|Paid Date",
        "revenue": "Order Total Amount (- Refund)|Order Total Amount",
        "units": "Quantity (- Refund)|Quantity",
        "price": "Item Cost",
        "product": "Item Name|Name",
        "refund": "Order Refund Amount",
        "status": "Order Status",
        "discount": "",
        "orders": "",
    },
    per_order=("Order Total Amount (- Refund)", "Order Total Amount", "Order Refund Amount"),
)
