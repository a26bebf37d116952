from segmentation.exports.export import Export

stripe_payments = Export(
    title="a Stripe payments export",
    known_by=("id", "Created (UTC)|Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Status"),
    roles={
        "customer": "Customer ID|Customer Email",
        "email": "Customer Email",
        "order": "id",
        "date": "Created (UTC)|Created date (UTC)",
        "revenue": "Amount",
        "currency": "Currency",
        "refund": "Amount Refunded",
        "status": "Status",
        "responded": "",
    },
)
