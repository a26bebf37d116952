from segmentation.exports.export import Export

sap_items = Export(
    title="an SAP list of customer line items",
    known_by=(
        "Company Code|Assignment|Zuordnung",
        "Document Number|Belegnummer",
        "Document Type|Belegart|Clearing Document|Ausgleichsbeleg",
        "Amount in local currency|Betrag in Hauswährung",
    ),
    roles={
        "customer": "Customer|Account|Debitor|Konto",
        "name": "Name 1",
        "order": "Document Number|Belegnummer",
        "date": "Document Date|Belegdatum|Posting Date|Buchungsdatum",
        "revenue": "Amount in local currency|Betrag in Hauswährung",
        "currency": "Local Currency|Hauswährung",
        "entry": "Document Type|Belegart",
        "product": "",
    },
)
