from segmentation.exports.export import Export

salesforce_opportunities = Export(
    title="a Salesforce opportunity report",
    known_by=("Account Name", "Opportunity Name", "Stage", "Close Date"),
    roles={
        "customer": "Account Name",
        "order": "Opportunity ID",
        "date": "Close Date",
        "revenue": "Amount|Total Amount",
        "currency": "Total Amount Currency",
        "status": "Stage",
        "product": "",
    },
)
