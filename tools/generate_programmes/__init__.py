"""Programmes that nobody wrote: composed of choices, each with what it says, so that `draft` is measured on unseen forms."""
