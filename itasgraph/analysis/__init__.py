"""What a network tells: who connects, who could meet, where gaps are, which chains lead from one to the other."""
