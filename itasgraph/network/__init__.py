"""Graph → networkx: networks, their layout and measures, paths, comparisons, and the answers drawn from them."""
