from segmentation.exports.export import Export

ebay = Export(
    title="an eBay orders report",
    known_by=("Sales Record Number", "Order Number", "Buyer Username", "Item Title", "Sold For"),
    roles={
        "customer": "Buyer Username|Buyer Name",
        "name": "Buyer Name",
        "order": "Order Number",
        "date": "Sale Date",
        "units": "Quantity",
        "price": "Sold For",
        "product": "Item Title",
        "revenue": "",  # the total of the order holds its tax and freight
    },
)
