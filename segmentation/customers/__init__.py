"""The customers, and how a table becomes them."""
