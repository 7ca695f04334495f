"""What of an evaluation is still valid when something has changed, in this process or a later
one."""
