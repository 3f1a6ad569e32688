"""What must hold over all localities under any failure (docs/rules.md D), as rules over facts."""
