"""A copy of everything but the keys, and the drill that restores it to see that it is one."""

from lms.network.backup.proving import Proof, prove
from lms.network.backup.stores import Trouble
from lms.network.backup.taking import back_up

__all__ = ["Proof", "Trouble", "back_up", "prove"]
