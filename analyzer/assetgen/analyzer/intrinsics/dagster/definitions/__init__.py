"""What collects definitions: `Definitions`, loaders, repositories, folders."""
