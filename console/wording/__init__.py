"""The words of a case for people: labels, findings, papers, and the case reduced to what one sees.

Read by the command line and by the console's pages, so that both say the same.
"""
