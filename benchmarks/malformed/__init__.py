"""What reading makes of bytes that were damaged by accident or built to break it."""
