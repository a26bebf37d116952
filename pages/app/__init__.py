"""What every page stands on: one visitor's session, files, masking, words and frame."""
