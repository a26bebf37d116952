from segmentation.exports.export import Export

odoo_invoices = Export(
    title="an Odoo invoice export",
    known_by=("Number", "Invoice Partner Display Name", "Invoice/Bill Date", "Untaxed Amount Signed|Total Signed"),
    roles={
        "customer": "Invoice Partner Display Name",
        "order": "Number",
        "date": "Invoice/Bill Date",
        "revenue": "Untaxed Amount Signed|Total Signed",  # below 0 where something is given back
        "product": "Invoice lines/Product",
        "channel": "",
        "status": "Status",
    },
    words={"Not Paid": "sale", "Reversed": "sale"},  # what reverses it is a row of its own
)
