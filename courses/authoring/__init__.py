"""How lessons are written: by caretakers for their village, by editors for the nation. What is learned is elsewhere."""
