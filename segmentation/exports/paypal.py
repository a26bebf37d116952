from segmentation.exports.export import Export

paypal = Export(
    title="a PayPal activity download",
    known_by=(
        "Time Zone|Zeitzone",
        "Gross|Brutto",
        "Fee|Gebühr",
        "Net|Netto",
        "From Email Address|Absender E-Mail-Adresse",
        "Transaction ID|Transaktionscode",
    ),
    roles={
        "customer": "From Email Address|Absender E-Mail-Adresse",
        "name": "Name",
        "email": "",
        "order": "Transaction ID|Transaktionscode",
        "date": "Date|Datum",
        "revenue": "Gross|Brutto",
        "currency": "Currency|Währung",
        "entry": "Type|Typ",
        "status": "Status",
        "units": "",
        "product": "Item Title|Artikelbezeichnung",
    },
    pays_back="Reference Txn ID|Zugehöriger Transaktionscode",
    words={
        "Bankgutschrift auf PayPal-Konto": "other",
        "Allgemeine Abbuchung": "other",
    },
)
