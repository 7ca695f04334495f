"""Classes, their objects, and the special classes of the standard library."""
