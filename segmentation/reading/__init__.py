"""How a file becomes a table: one file a rung; `segmentation.read` is the way in.

files (what the bytes are, archives) → encoding → dialect with quotes (lines to cells) → layout with headings and ragged
(where the table is, rows of another width) → delimited (text), workbook with worksheets and markup (Excel, ODS, web
pages) → draft (rows as text) → rows and totals (what is no row of its own) → ballot with values and months (numbers and
dates by vote)
"""
