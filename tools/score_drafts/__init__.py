"""The benchmark of `draft`: what it makes of documents whose content is known (tests/conformance/drafting)."""
