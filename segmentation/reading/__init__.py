"""How a file becomes a table: one file a rung; `segmentation.read` is the way in.

files (what the bytes are, archives) → encoding → dialect with quotes (lines to cells) → layout with ragged (where the
table is, rows of another width) → delimited (text), workbook with worksheets and markup (Excel, ODS, web pages) → draft
(rows as text) → values with months (numbers and dates by vote)
"""
