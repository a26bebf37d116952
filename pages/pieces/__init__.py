"""The pieces each page is made of, a folder a page."""
