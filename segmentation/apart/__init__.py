"""Work done apart: in processes with limits, so that no file can stop, fill or crash the one that asks."""
