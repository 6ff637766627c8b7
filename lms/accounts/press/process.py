"""Reads data as JSON and writes a PDF: `python process.py LAYOUT ROOT FONTS [STANDARD] < data > file`.

A process of its own, because Typst keeps every name it has ever set: a web server would grow by 50 MB for each list.
"""

import sys

import typst


def main(layout, root, fonts, *standards):
    data = sys.stdin.buffer.read().decode()
    pdf = typst.compile(
        layout,
        root=root,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=list(standards),
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main(*sys.argv[1:])
