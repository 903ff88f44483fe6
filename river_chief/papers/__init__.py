"""What goes out: a paper as plain data, and the PDF, sheet and letter made from it."""
