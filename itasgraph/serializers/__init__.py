"""The serializers of graphs as linked data, and of networks for programs that draw them."""
