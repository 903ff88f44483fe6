"""Charts as plain data, and their drawing for screen, paper, Word and Excel: no Qt, no files."""
