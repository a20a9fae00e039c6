"""Notices to single executives as documents to sign."""
