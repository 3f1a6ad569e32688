"""Statutory slips as PDF: what the console prints, mails and hands over the counter."""
