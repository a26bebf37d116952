"""Purchases and money expected of a customer: the models that are fitted."""
