"""Who signed: the register's model, its reading with positions, its rules and its problems."""
