from segmentation.exports.export import Export

mailchimp = Export(
    title="a Mailchimp audience export",
    known_by=("Email Address", "MEMBER_RATING", "OPTIN_TIME", "LAST_CHANGED", "LEID"),
    roles={
        "customer": "Email Address",
        "email": "",
        "signed_up": "CONFIRM_TIME|OPTIN_TIME",
        "revenue": "",
    },
    shape="customers",
)
