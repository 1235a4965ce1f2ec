"""What the settings and the command line say of the case that a brief belongs to.

Nothing here knows of editions or files; `casefile` packs them.
"""
