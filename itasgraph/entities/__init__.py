"""What is known of an entity: its labels and names, the evidence of its statements, its description."""
