from segmentation.exports.export import Export

square_items = Export(
    title="a Square items export",
    known_by=("Price Point Name", "Modifiers Applied", "Gross Sales", "Net Sales", "Transaction ID", "Event Type"),
    roles={
        "customer": "Customer ID|Customer Name|Customer Reference ID",
        "name": "Customer Name",
        "order": "Transaction ID",
        "date": "Date",
        "revenue": "Net Sales",
        "units": "Qty",
        "product": "Item",
        "category": "Category",
        "entry": "Event Type",
        "discount": "",
    },
)
