"""Reads the cards' data as JSON and writes a PDF: `python press.py LAYOUT ROOT FONTS < data > file`.

A process of its own, because Typst keeps every name it has ever set: a web server would grow by 50 MB for each list.
"""

import sys

import typst


def main(layout, root, fonts):
    data = sys.stdin.buffer.read().decode()
    pdf = typst.compile(
        layout,
        root=root,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main(*sys.argv[1:])
