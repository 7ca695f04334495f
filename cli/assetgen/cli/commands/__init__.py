"""One command a file, found through `assetgen.cli.application`."""
