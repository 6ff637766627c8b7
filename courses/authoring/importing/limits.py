"""How much a file may be. All limits of importing are here; docs/importing_lessons.md tells them to people."""

MB = 1024 * 1024

# The file itself, and what it unpacks to. nginx takes 30 MB.
FILE = 25 * MB
MEMBERS = 4_000  # files in an archive
UNPACKED = 120 * MB  # all of them together
MEMBER = 30 * MB  # one of them
RATIO = 200  # times larger than packed; XML of slides comes to 30
RATIO_FROM = 1 * MB  # smaller files may be as empty as they like
XML_MEMBER = 6 * MB  # what is read as a tree takes ten times its size
XML_TOGETHER = 16 * MB
DEPTH = 200  # elements inside each other
NAME = 500  # letters of a name

# What is made of it.
SLIDES = 200
PAGES = 300  # of a PDF
LESSONS = 60
BLOCKS = 400  # of a lesson
PICTURES = 300
PICTURE_SIDE = 1600  # pixels; larger ones are made smaller
PICTURE_PIXELS = 20_000_000  # more is not opened; of a JPEG more may be, as it is read smaller at once
JPEG_PIXELS = 120_000_000
QUESTIONS = 500
LEFT_TOLD = 200  # lines about one part of the file
PARTS_TOLD = 1_000

# What a lesson's blocks take (cms/blocks.py, courses/blocks.py).
HEADING = 200
TEXT = 6_000
TEXT_COMFORTABLE = 1_500  # where a long text begins a new block
STEP = 500
STEPS = 40
CELL = 500
HEAD_CELL = 200
COLUMNS = 12
ROWS = 100
ALT = 200
CHOICE = 300
ANSWER = 200
TITLE = 200

# The process that reads.
MEMORY = 300 * MB  # of the whole process
MEMORY_SPARE = 24 * MB  # of that, for what the limit does not see
CPU_SECONDS = 50
WALL_SECONDS = 60
OUTPUT = 80 * MB  # one file that it writes
