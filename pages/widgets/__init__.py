"""What several pages draw: controls, editors, tables, pictures."""
