from segmentation.exports.export import Export

xero_invoices = Export(
    title="a Xero invoice export",
    known_by=("ContactName", "InvoiceNumber", "InvoiceDate", "LineAmount", "UnitAmount"),
    roles={
        "customer": "ContactName",
        "email": "EmailAddress",
        "order": "InvoiceNumber",
        "date": "InvoiceDate",
        "revenue": "LineAmount",
        "units": "Quantity",
        "price": "UnitAmount",
        "product": "Description",
        "currency": "Currency",
        "entry": "Type",
        "status": "Status",
        "discount": "",
    },
    words={"Awaiting Payment": "sale"},
)
