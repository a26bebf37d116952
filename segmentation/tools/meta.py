"""Meta Custom Audiences: a customer list for each segment, under names that say nothing."""

from segmentation.tools.tool import Tool

meta = Tool(
    title="Meta Custom Audiences",
    headings={
        "email": "email",
        "phone": "phone",
        "first": "fn",
        "last": "ln",
        "zip": "zip",
        "city": "ct",
        "country": "country",
        "id": "uid",
    },
    needs=("email", "phone"),
    hashed=("email", "phone", "first", "last"),
    apart=True,
    neutral=True,
    plus=False,
    least=100,
    note="An audience needs 100 people. Its name must not speak of money or health, so the files are numbered; which is which stands in "
    "the read-me of this pack, which stays with you.",
)
