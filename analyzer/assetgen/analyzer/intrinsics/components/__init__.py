"""Components: definitions that a YAML file describes, or that a class of the project builds."""
