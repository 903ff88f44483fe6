"""How each kind of sheet is planned: one file per kind."""
