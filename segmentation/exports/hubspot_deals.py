from segmentation.exports.export import Export

hubspot_deals = Export(
    title="a HubSpot deal export",
    known_by=("Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date"),
    roles={
        "customer": "Associated Company IDs (Primary)|Associated Company (Primary)|Associated Company Names (Primary)"
        "|Associated Company IDs|Associated Company|Associated Contact IDs|Associated Contact",
        "name": "Associated Company (Primary)|Associated Company Names (Primary)|Associated Company",
        "order": "Record ID",
        "date": "Close Date",
        "revenue": "Amount in company currency|Amount",
        "status": "Deal Stage",
        "product": "",
    },
)
