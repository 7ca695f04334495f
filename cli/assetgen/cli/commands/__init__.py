"""The commands, one in each file, found through `assetgen.cli.application`."""
