"""How the house is run: settings, addresses, the web process, the live feed, and the pages that join rooms."""
