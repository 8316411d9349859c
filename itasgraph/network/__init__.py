"""The networks (of networkx) that a graph holds, their layout and measures, paths, comparisons, and the answers drawn from them."""
