"""What can be asked of a segmentation."""
