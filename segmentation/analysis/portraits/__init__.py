"""Who the customers of a segment are, and what sets them apart."""
