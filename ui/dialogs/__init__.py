"""Dialogs: one file for each thing asked."""
