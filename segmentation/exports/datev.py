from segmentation.exports.export import Export

datev = Export(
    title="a DATEV posting batch",
    known_by=("Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "Konto", "Belegdatum", "Belegfeld 1"),
    roles={
        "customer": "Konto|Gegenkonto (ohne BU-Schlüssel)",
        "order": "Belegfeld 1",
        "date": "Belegdatum",
        "revenue": "Umsatz (ohne Soll/Haben-Kz)",
        "currency": "WKZ Umsatz",
        "side": "Soll/Haben-Kennzeichen",
        "product": "",
        "discount": "",
    },
)
