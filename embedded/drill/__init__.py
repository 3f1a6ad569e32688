"""`make drill`: a month of mixed cases in virtual time, and whether the escalations execute."""
