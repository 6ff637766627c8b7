"""A country's worth of invented centres, people and learning: for measuring, and for trying a page when it is full.

It does not pass through `record`, which would take an hour for what COPY does in minutes. Instead a few thousand
lives are invented, folded and counted by the functions that record and rebuild use, and each is lived by many people.
`rebuild_progress --check` finds no difference afterwards.
"""

from lms.network.sample.making import make as make
