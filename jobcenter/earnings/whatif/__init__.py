"""What if: more hours, another gig or a raise, and what a person would then have. Saved, compared and printed."""
