"""How well the matcher does on events it has not seen, and learning the points of pipeline/weights.csv anew."""
