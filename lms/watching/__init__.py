"""What those see who keep the site running: whether it is well, its figures, its log."""
