"""The five patterns: what each asks, in the author's words, and which blocks of a lesson the answers become."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

MOST_FIELDS = 8  # before the first look at the lesson, the title and the photo's words too
LINE, WORDS, LIST, PHOTO, PHOTO_WORDS = "line", "words", "list", "photo", "photo_words"


@dataclass(frozen=True)
class Ask:
    """One question to the author. `block` is what the answer becomes, under a heading if there is one."""

    name: str
    label: str
    example: str
    kind: str = WORDS
    block: str = "text"
    heading: str = ""
    is_needed: bool = False


@dataclass(frozen=True)
class Pattern:
    slug: str
    name: str
    use: str
    picture: str  # of static/pictures
    cloth: int
    asks: tuple

    def __post_init__(self):
        assert len(self.asks) <= MOST_FIELDS


def title(label, example):
    return Ask("title", label, example, LINE, block="", is_needed=True)


PHOTO_ASKS = (
    Ask("photo", _("A photo"), _("Take one with the phone, from near and in good light."), PHOTO, "picture"),
    Ask(
        "photo_words",
        _("What does the photo show?"),
        _("For those who cannot see it. For example: bananas on a bamboo tray in the sun."),
        PHOTO_WORDS,
        block="",
    ),
)

MAKE = Pattern(
    "make",
    _("Cook or make something"),
    _("A dish, a tool, a cloth: what one needs and how it is done, step by step"),
    "coconut",
    1,
    (
        title(_("What will you teach to make?"), _("For example: Sun-dried bananas that keep for a month")),
        Ask(
            "story",
            _("What is good about it?"),
            _("Two or three sentences: who makes it here, when one eats or uses it."),
            is_needed=True,
        ),
        Ask(
            "needs",
            _("What does one need?"),
            _("One thing a line, with how much. For example: Ripe bananas, 2 hands"),
            LIST,
            heading=_("What you need"),
        ),
        Ask(
            "steps",
            _("How is it made?"),
            _("One step a line, in order. Short is good: Peel, wash in salt water, lay on a tray."),
            LIST,
            "steps",
            _("How to make it"),
            is_needed=True,
        ),
        *PHOTO_ASKS,
        Ask("tip", _("A trick that makes it better"), _("What only those know who have done it often."), block="tip"),
        Ask("care", _("What must one take care of?"), _("Hot oil, a sharp knife, what spoils."), block="warning"),
    ),
)

STORY = Pattern(
    "story",
    _("Tell what our elders know"),
    _("Weaving, herbs, songs, how a festival is held: a story and what it is good for today"),
    "thread",
    6,
    (
        title(_("What is the story about?"), _("For example: Why our silk is dyed with lac")),
        Ask(
            "story",
            _("Tell it as you would tell a child"),
            _("Who told you, and how it was in the old days. An empty line begins a new paragraph."),
            is_needed=True,
        ),
        Ask(
            "how",
            _("How is it done?"),
            _("If there are steps: one a line, in order."),
            LIST,
            "steps",
            _("How it is done"),
        ),
        Ask("saying", _("A saying of the elders"), _("In their own words, as they say it."), block="example"),
        Ask(
            "today",
            _("What is it good for today?"),
            _("How people here use it now, or could."),
            heading=_("Today"),
        ),
        *PHOTO_ASKS,
        Ask(
            "think",
            _("Something to think over"),
            _("A question without right or wrong. For example: Who in your house still knows this?"),
            LINE,
            "reflection",
        ),
    ),
)

PHONE = Pattern(
    "phone",
    _("Show something on the phone"),
    _("One thing that the phone can do, press by press"),
    "mobile-phone",
    2,
    (
        title(_("What will you show?"), _("For example: Sending a photo to the grandchildren by LINE")),
        Ask(
            "story",
            _("When does one need it?"),
            _("Two sentences from life. For example: Grandmother wants to see the new baby."),
            is_needed=True,
        ),
        Ask("needs", _("What must be ready before?"), _("One thing a line. For example: Wi-Fi of the centre"), LIST,
            heading=_("Before you begin")),
        Ask(
            "steps",
            _("What does one press?"),
            _("One press a line, in order. Say what it looks like: Press the green picture of a telephone."),
            LIST,
            "steps",
            _("Press by press"),
            is_needed=True,
        ),
        *PHOTO_ASKS,
        Ask("tip", _("If it does not work"), _("What to try first, and whom to ask."), block="tip"),
        Ask("care", _("What must one take care of?"), _("Money, passwords, strangers."), block="warning"),
    ),
)  # fmt: skip

WARN = Pattern(
    "warn",
    _("Warn of a danger"),
    _("Cheating by telephone, floods, snakes: how to see it coming and what to do"),
    "megaphone",
    5,
    (
        title(_("What do you warn of?"), _("For example: They say they are from the post office")),
        Ask("story", _("What has happened?"), _("A true case from near by, without names."), block="example",
            is_needed=True),
        Ask("signs", _("How does one notice it?"), _("One sign a line. For example: They hurry you."), LIST,
            heading=_("How to notice it")),
        Ask(
            "steps",
            _("What does one do then?"),
            _("One thing a line, in order. For example: Hang up."),
            LIST,
            "steps",
            _("What to do"),
            is_needed=True,
        ),
        Ask("care", _("What must one never do?"), _("For example: Never tell the code that came by SMS."),
            block="warning"),
        Ask("call", _("Who helps?"), _("A name and a telephone number that you have tried."), block="tip"),
        *PHOTO_ASKS,
    ),
)  # fmt: skip

FIELD = Pattern(
    "field",
    _("From the field"),
    _("A plant or an animal: when, with what, step by step, and what it costs and brings"),
    "seedling",
    4,
    (
        title(_("What do you grow or raise?"), _("For example: Chillies in old tyres")),
        Ask(
            "story",
            _("Why and when?"),
            _("Why it does well here, and in which months one begins."),
            is_needed=True,
        ),
        Ask("needs", _("What does one need?"), _("One thing a line, with how much."), LIST, heading=_("What you need")),
        Ask(
            "steps",
            _("How is it done?"),
            _("One step a line, from the soil to the harvest, each with its day or week."),
            LIST,
            "steps",
            _("Step by step"),
            is_needed=True,
        ),
        Ask("cost", _("What does it cost, what does it bring?"), _("Figures of your own plot. For example: Cost 300"
            " baht, sold for 1,200 baht."), block="example"),
        Ask("care", _("Which pests and dangers?"), _("How one sees them, and what helps."), block="warning"),
        *PHOTO_ASKS,
    ),
)  # fmt: skip

PATTERNS = {pattern.slug: pattern for pattern in (MAKE, STORY, PHONE, WARN, FIELD)}
