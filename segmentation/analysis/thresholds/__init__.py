"""What a threshold cuts: where its line stands, what lies between two places, and what changes when it is moved."""
