"""An invented Sala to look at: centres, people and some months of learning. Never among real learners."""

from lms.network.demo.greeting import greeting
from lms.network.demo.learning import learn
from lms.network.demo.village import settle

__all__ = ["greeting", "learn", "settle"]
