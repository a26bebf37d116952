"""What a segmentation is, and what every method is made of."""
