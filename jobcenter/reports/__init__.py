"""What has come of the gigs: certificates, CVs, feedback and figures; read only, from confirmed hours."""
