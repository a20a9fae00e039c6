"""The files of an agency as forms: each declared once, and from that a workbook to fill in, its reading, and entries on the
screen. YAML and CSV stay as they are stored.
"""
