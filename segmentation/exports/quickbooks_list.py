from segmentation.exports.export import Export

quickbooks_list = Export(
    title="a QuickBooks transaction list",
    known_by=("Date", "Transaction type", "Num", "Name", "Amount", "Posting (Y/N)|Open balance"),
    roles={
        "customer": "Name",
        "order": "Num",
        "date": "Date",
        "revenue": "Amount",
        "name": "",
        "opened": "",
        "entry": "Transaction type",
    },
)
