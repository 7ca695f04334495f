"""Where the values of assets are kept between steps."""
