"""What is taken away: one file per format."""
