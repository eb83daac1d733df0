"""Greyline: the exact effect of a credit policy on a whole loan book, while its thresholds are being dragged."""
