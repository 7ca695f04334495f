"""Components of integrations: what their YAML means, and the steps that they make."""
