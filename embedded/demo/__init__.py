"""`make demo`: plays the examples on a whole system of its own and checks what came of it."""
