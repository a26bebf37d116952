from segmentation.exports.export import Export

etsy_items = Export(
    title="an Etsy list of sold items",
    known_by=("Sale Date", "Item Name", "Buyer", "Listing ID", "Item Total", "Order ID"),
    roles={
        "customer": "Buyer|Ship Name",
        "order": "Order ID",
        "date": "Sale Date",
        "revenue": "Item Total",
        "units": "Quantity",
        "price": "Price",
        "product": "Item Name",
        "currency": "Currency",
        "discount": "",
        "orders": "",
    },
)
