from segmentation.exports.export import Export

pipedrive_deals = Export(
    title="a Pipedrive deal export",
    known_by=("Deal - Title", "Deal - Value", "Deal - Status", "Deal - Stage"),
    roles={
        "customer": "Deal - Organization|Deal - Contact person",
        "order": "Deal - ID",
        "date": "Deal - Won time",
        "revenue": "Deal - Value",
        "currency": "Deal - Currency|Deal - Currency of value",
        "status": "Deal - Status",
        "product": "",
    },
)
