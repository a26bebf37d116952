"""The pieces of the Segments page."""
