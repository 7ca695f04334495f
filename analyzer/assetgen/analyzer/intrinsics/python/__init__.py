"""What Python's builtins and standard library mean to the evaluator."""
