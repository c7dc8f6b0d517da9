"""Who asks: tokens, signing in, how much one caller may ask, and what no address may hold."""
