"""Sale lines → one row a customer: defined in SQL, done in memory or by DuckDB."""
