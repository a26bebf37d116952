from segmentation.exports.export import Export

etsy_orders = Export(
    title="an Etsy list of sold orders",
    known_by=("Sale Date", "Order ID", "Full Name", "Order Value", "Order Total", "Order Net"),
    roles={
        "customer": "Buyer User ID|Buyer|Full Name",
        "name": "Full Name",
        "order": "Order ID",
        "date": "Sale Date",
        "revenue": "Order Value|Order Total",
        "units": "Number of Items",
        "currency": "Currency",
        "status": "Status",
        "discount": "",
    },
)
