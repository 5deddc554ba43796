"""Files: where their bytes lie (a folder, S3), what is known of them, how they are named and looked at."""
