"""Diagrams and programs made from a `Pipeline`.

`diagrams` draw: `diagram` says what, and each format has a module with a `render`. `pipeline` makes
a script: a `plan` says which steps in which order, the linker in `link` brings the functions and
all they need into one module, the `declaration` tells the runtime about the steps, and `script`
writes it down. `dagster_names` is the table of what stands for Dagster's names.
"""
