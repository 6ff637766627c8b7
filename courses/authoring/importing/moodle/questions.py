"""The questions of a backup, which its quizzes name by id: directly, or since Moodle 4 by their entry in the bank."""

from courses.authoring.importing import asked, limits, pages, trees
from courses.authoring.importing.letters import one_line

SORTS = {"multichoice", "truefalse", "match", "shortanswer", "numerical", "ordering", "essay", "description"}


class Questions:
    def __init__(self, archive, files, book):
        self.files, self.book = files, book
        self.by_id, self.by_entry, self.contexts, self.used = {}, {}, {}, set()
        if "questions.xml" in archive:
            self._gather(trees.parse(archive.read("questions.xml", limits.XML_MEMBER)))

    def _gather(self, tree):
        for category in tree.iter("question_category"):
            context = trees.text_of(category, "contextid")
            for question in category.iter("question"):
                self.by_id[question.get("id")] = question
                self.contexts[question.get("id")] = context
            for entry in category.iter("question_bank_entry"):
                versions = list(entry.iter("question"))
                if versions:
                    self.by_entry[entry.get("id")] = versions[-1]
        for question in tree.iter("question"):  # of backups that have no categories
            self.by_id.setdefault(question.get("id"), question)

    def put_quiz(self, quiz, part):
        for instance in quiz.iter("question_instance"):
            question = self._named(instance)
            if question is None:
                part.left("question_missing")
            else:
                self.used.add(question.get("id"))
                self._put(question, part)

    def _named(self, instance):
        key = trees.text_of(instance, "questionid") or trees.text_of(instance, "question")
        if key in self.by_id:
            return self.by_id[key]
        return self.by_entry.get(trees.text_of(instance, ".//questionbankentryid"))

    def unused(self):
        return len(set(self.by_id) - self.used)

    def _put(self, question, part):
        sort, title = trees.text_of(question, "qtype"), one_line(trees.text_of(question, "name"))
        if sort not in SORTS:
            part.left("question_kind", name=f"{title[:40]} ({sort[:20]})")
            return
        context, key = self.contexts.get(question.get("id"), ""), question.get("id")
        picture = self.files.shower(self.book, part, context, ["questiontext"], key)
        words = self._words(trees.text_of(question, "questiontext"), part, picture)
        why = pages.plain(trees.text_of(question, "generalfeedback"))
        if sort == "description":
            part.add("text", words)
        else:
            self._ask(sort, question, words, why, part)

    def _words(self, html, part, picture):
        """A question's words; its pictures stand before it."""
        said = []
        for kind, value in pages.Walk(picture, part).blocks_of(html):
            if kind == "picture":
                part.add(kind, value)
            else:
                said.append(pages.words_of((kind, value)))
        return "\n".join(said)

    def _ask(self, sort, question, words, why, part):
        answers = [_Answer(each) for each in question.iter("answer")]
        if sort == "multichoice":
            several = trees.text_of(question, ".//multichoice/single", "1") == "0"
            asked.put(part, asked.choice, words, _choices(answers, several, why), several)
        elif sort == "truefalse":
            asked.put(part, asked.true_false, words, *_true(question, answers, why))
        elif sort == "match":
            pairs = [
                (pages.plain(trees.text_of(each, "questiontext")), trees.text_of(each, "answertext"))
                for each in question.iter("match")
            ]
            if any(not left for left, _right in pairs):
                part.left("match_spare")
            asked.put(part, asked.matching, words, [pair for pair in pairs if pair[0]], why)
        elif sort == "shortanswer":
            right = [answer for answer in answers if answer.fraction > 0.99]
            asked.put(part, asked.fill_in, words, [answer.text for answer in right], why or _first_why(right))
        elif sort == "numerical":
            _number(question, answers, words, why, part)
        elif sort == "ordering":
            ordered = sorted(answers, key=lambda answer: answer.fraction)
            asked.put(part, asked.ordering, words, [answer.text for answer in ordered], why)
        else:
            asked.put(part, asked.reflection, words)


class _Answer:
    def __init__(self, tree):
        self.key = tree.get("id", "")
        self.text = pages.plain(trees.text_of(tree, "answertext"))
        self.why = pages.plain(trees.text_of(tree, "feedback"))
        try:
            self.fraction = float(trees.text_of(tree, "fraction", "0"))
        except ValueError:
            self.fraction = 0.0


def _choices(answers, several, why):
    """In a choice of one the best answer is right; in one of several each that gains something is."""
    best = max((answer.fraction for answer in answers), default=0)
    right = [answer.fraction > 0 if several else answer.fraction == best and best > 0 for answer in answers]
    return [
        (answer.text, is_right, answer.why or (why if is_right else ""))
        for answer, is_right in zip(answers, right, strict=True)
    ]


def _true(question, answers, why):
    key = trees.text_of(question, ".//truefalse/trueanswer")
    true = next((answer for answer in answers if answer.key == key), None) if key else None
    is_true = true is not None and true.fraction > 0.5
    return is_true, why or _first_why([answer for answer in answers if answer.fraction > 0.5])


def _first_why(answers):
    return next((answer.why for answer in answers if answer.why), "")


def _number(question, answers, words, why, part):
    right = [answer for answer in answers if answer.fraction > 0.99 and answer.text != "*"]
    if len(right) > 1:
        part.left("number_one_answer")
    tolerances = {
        trees.text_of(record, "answer"): trees.text_of(record, "tolerance", "0")
        for record in question.iter("numerical_record")
    }
    unit = trees.text_of(question, ".//numerical_unit/unit")
    if right:
        best = right[0]
        asked.put(part, asked.number, words, best.text, tolerances.get(best.key, "0"), unit, why or best.why)
    else:
        part.left("question_no_right", name=one_line(words)[:60])
