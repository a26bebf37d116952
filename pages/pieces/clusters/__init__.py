"""The pieces of the Clusters page."""
