"""Who works here: teams, accounts, sessions, tokens, and the ways in."""
