"""`python -m assetgen` is `assetgen`."""

import sys

if __name__ == "__main__":
    # `-m` puts the working directory first: what is called `yaml.py` there is the user's code,
    # which must not run.
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]

    from assetgen.cli.__main__ import main

    main()
