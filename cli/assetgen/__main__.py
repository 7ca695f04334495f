"""`python -m assetgen` is `assetgen`."""

from assetgen.cli.__main__ import main

if __name__ == "__main__":
    main()
