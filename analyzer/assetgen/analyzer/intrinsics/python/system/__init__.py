"""The world around a program: files, environment, time, chance."""
