"""Classes, their objects, and the kinds of classes that the standard library makes."""
