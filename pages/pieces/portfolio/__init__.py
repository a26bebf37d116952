"""The pieces of the Portfolio page."""
