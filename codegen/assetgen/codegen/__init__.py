"""Diagrams and programs made from a `Pipeline`.

`mermaid.render` draws: a `diagram` says what, whatever the format. `pipeline.generate` makes a
script: a `plan` says which steps in which order, the linker in `link` brings the functions and all
they need into one module, `declaration` tells the runtime about the steps, and `script` writes it
down. `dagster_names` is the table of what stands for Dagster's names.
"""
