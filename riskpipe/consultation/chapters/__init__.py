"""The ten chapters of an issue, each from the desk to its blocks, in printing order.

Every chapter picks its rows, words its findings and hands back a `Chapter`; none knows how
a page looks. 领导摘要 is picked last, from the same counts.
"""
