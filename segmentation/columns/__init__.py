"""What a column can be: its roles, the words files use for them, and what its heading and values say."""
