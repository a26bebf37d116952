from segmentation.exports.export import Export

quickbooks_customers = Export(
    title="a QuickBooks report of sales by customer",
    known_by=("Transaction Type", "Num", "Sales Price", "Amount", "Balance", "Qty|Quantity"),
    roles={
        "order": "Num",
        "date": "Date|Transaction date",
        "revenue": "Amount",
        "units": "Qty|Quantity",
        "price": "Sales Price",
        "product": "Product/Service|Product/Service full name",
        "entry": "Transaction Type",
    },
)
