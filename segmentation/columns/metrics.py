"""The metric columns of customers, what they are called in words, and which roles are of one sort."""

from segmentation.columns.roles import ROLES

METRICS = {  # every standard metric column and what it is called in plain words
    "revenue": "Revenue",
    "profit": "Profit",
    "cost_to_serve": "Cost to serve",
    "units": "Units",
    "orders": "Orders",
    "lines": "Lines",
    "first_order": "First order",
    "last_order": "Last order",
    "recency_days": "Days since last order",
    "tenure_days": "Days since first order",
    "cycle_days": "Days between purchases",
    "revenue_cv": "Variation of revenue per quarter",
    "revenue_cv_month": "Variation of revenue per month",
    "revenue_before": "Revenue, earlier half",
    "revenue_recent": "Revenue, recent half",
    "growth": "Growth",
    "average_order": "Average order",
    "visits": "Days with a purchase",
    "first_revenue": "Revenue of the first day",
    "visits_per_quarter": "Visits per quarter",
    "potential": "Potential",
}
COMPUTED = {  # columns made when a method asks for them (`customers/history.py`)
    "spend_last_quarter": "Revenue of the last quarter",
    "visits_last_quarter": "Visits in the last quarter",
    "discount_share": "Share of purchases on discount",
    "express_share": "Share of purchases delivered fast",
    "price_index": "Price paid against the usual price",
}
PERSONAL = ("name", "email", "phone", "address")  # say who somebody is: their columns keep their headings
DESCRIBING = ("plan", "express", "opened", "clicked", "responded")  # words on lines that become columns of customers
KNOWN_OF_A_CUSTOMER = ("birth_date", "age", "employees", "signed_up", "tried", "paid")  # numbers and dates that do
WORDS = (
    *PERSONAL,
    *DESCRIBING,
    "status",
    "entry",
    "side",
    "currency",
)  # roles whose headings may also be plain attributes
ADDING_UP = ("revenue", "profit", "cost", "cost_to_serve", "units")  # roles whose values are summed
MONEY = ("revenue", "profit", "cost", "cost_to_serve", "price", "unit_cost", "potential", "refund")


def label(column: str) -> str:
    """A column's name in plain words; an attribute keeps its heading."""
    role = ROLES.get(column) if column in (*DESCRIBING, *KNOWN_OF_A_CUSTOMER) else None
    return role.label if role else {**METRICS, **COMPUTED}.get(column, column)
