"""The worker's own pages, and what a support person or guardian sees of a worker."""
