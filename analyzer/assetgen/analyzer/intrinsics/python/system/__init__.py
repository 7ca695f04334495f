"""The world outside of a program: files, environment, time, randomness."""
