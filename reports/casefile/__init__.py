"""Outputs to case bundles: what a records system, an archivist and a later auditor want.

A bundle is a BagIt bag with one edition, its facts, and the metadata to file it by.  It is packed
by `attaching`, kept in mind by `register`, judged by `verify` and handed over by `delivery`.
"""
