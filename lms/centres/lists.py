"""Lists of people in the API."""

from lms.accounts.lists import ListView
from lms.centres.audit import note_list_read


class PeopleListView(ListView):
    """A list of the people one looks after: who takes it out or reads it is written down."""

    def note(self, kind):
        note_list_read(self.request.user, self.sheet_name, kind, self.asked.get("centre"))
