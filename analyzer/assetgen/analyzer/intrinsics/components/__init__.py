"""Components: definitions that a YAML file asks for, or a class of the project builds."""
