"""Courses in the form of IMS Common Cartridge 1.1 to 1.3 (.imscc), with questions in QTI 1.2."""
