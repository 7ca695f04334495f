"""Assets in parts: kinds of partitions, and which of them an input reads."""
