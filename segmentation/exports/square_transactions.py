from segmentation.exports.export import Export

square_transactions = Export(
    title="a Square transactions export",
    known_by=("Total Collected", "Partial Refunds", "Net Total", "Net Sales", "Transaction ID", "Event Type"),
    roles={
        "customer": "Customer ID|Customer Name|Customer Reference ID",
        "name": "Customer Name",
        "order": "Transaction ID",
        "date": "Date",
        "revenue": "Net Sales",
        "entry": "Event Type",
        "discount": "",
        "refund": "",  # the refunds stand in rows of their own
    },
)
