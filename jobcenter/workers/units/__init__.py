"""Work activity units of a Jobcenter and who manages them."""
