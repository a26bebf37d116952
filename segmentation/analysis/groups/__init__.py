"""Groups nobody had to guess thresholds for: how many, who they are, and whether they hold."""
