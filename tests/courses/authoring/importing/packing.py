"""Archives for tests: zip and tar files, Moodle backups and cartridges as their specifications say."""

import gzip
import hashlib
import io
import tarfile
import zipfile
from xml.sax.saxutils import escape

from PIL import Image


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """{name: bytes or text} as a zip file. A list of pairs may name one twice."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(members):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in members.items():
            data = data.encode() if isinstance(data, str) else data
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data, **members):
    """A zip file with more members, or others in their place; __ in a name is a /, and _dot_ a dot."""
    more = {name.replace("__", "/").replace("_dot_", "."): value for name, value in members.items()}
    return zipped(unzipped(data) | more)


def picture(kind="PNG", size=(40, 30), colour="green"):
    drawn = io.BytesIO()
    Image.new("RGB", size, colour).save(drawn, kind)
    return drawn.getvalue()


def epub(chapters, extra=None, opf_more="", package_head=""):
    """A book of {name: XHTML}."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n, _name in enumerate(chapters))
    opf = f"""{package_head}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
      <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>หนังสือ</dc:title></metadata>
      <manifest>{items}{opf_more}</manifest><spine>{spine}</spine></package>"""
    container = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
      <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/book.opf": opf}
    return zipped(files | {f"OEBPS/{name}": page for name, page in chapters.items()} | (extra or {}))


def html(body, head=""):
    return f"<html><head><title>x</title>{head}</head><body>{body}</body></html>"


class Moodle:
    """A backup, filled step by step. `entries` writes questions as Moodle 4 does, by entries of the bank."""

    def __init__(self, name="ทำสวนครัว", entries=False):
        self.name, self.entries = name, entries
        self.sections, self.activities, self.questions, self.files, self.members = {}, [], [], [], {}

    def section(self, number, title="", summary=""):
        self.sections[number] = (title, summary)

    def activity(self, kind, section, title, inner):
        number = len(self.activities) + 1
        self.activities.append((number, kind, section, title))
        self.members[f"activities/{kind}_{number}/{kind}.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><activity id="{number}" moduleid="{number}" modulename="{kind}" '
            f'contextid="{100 + number}"><{kind} id="{number}"><name>{escape(title)}</name>{inner}</{kind}></activity>'
        )
        return 100 + number

    def file(self, context, component, area, name, data, item=0):
        digest = hashlib.sha1(data).hexdigest()
        self.members[f"files/{digest[:2]}/{digest}"] = data
        self.files.append(
            f"<file id='{len(self.files) + 1}'><contenthash>{digest}</contenthash><contextid>{context}</contextid>"
            f"<component>{component}</component><filearea>{area}</filearea><itemid>{item}</itemid>"
            f"<filepath>/</filepath><filename>{name}</filename><filesize>{len(data)}</filesize></file>"
        )

    def question(self, sort, text, inner, feedback=""):
        """Its id, as a quiz names it."""
        number = len(self.questions) + 1
        self.questions.append(
            f'<question id="{number}"><name>q{number}</name><questiontext>{escape(text)}</questiontext>'
            f"<generalfeedback>{escape(feedback)}</generalfeedback><qtype>{sort}</qtype>"
            f"<plugin_qtype_{sort}_question>{inner}</plugin_qtype_{sort}_question></question>"
        )
        return number

    def quiz(self, section, title, questions):
        named = "".join(f"<question_instance id='{n}'>{self._name(n)}</question_instance>" for n in questions)
        return self.activity("quiz", section, title, f"<intro/><question_instances>{named}</question_instances>")

    def _name(self, number):
        if not self.entries:
            return f"<questionid>{number}</questionid>"
        entry = f"<questionbankentryid>{number + 500}</questionbankentryid>"
        return f"<question_reference><usingcontextid>1</usingcontextid>{entry}</question_reference>"

    def _questions(self):
        asked = self.questions
        if self.entries:
            asked = [
                f'<question_bank_entry id="{n + 500}"><question_version><question_versions id="{n}">'
                f"<version>1</version><questions>{text}</questions></question_versions></question_version></question_bank_entry>"
                for n, text in enumerate(asked, 1)
            ]
        inner = (
            f"<question_bank_entries>{''.join(asked)}</question_bank_entries>"
            if self.entries
            else (f"<questions>{''.join(asked)}</questions>")
        )
        return (
            f"<question_categories><question_category id='1'><contextid>50</contextid>{inner}"
            "</question_category></question_categories>"
        )

    def all_members(self):
        sections = "".join(
            f"<section><sectionid>{n}</sectionid><title>{escape(title or str(n))}</title>"
            f"<directory>sections/section_{n}</directory></section>"
            for n, (title, _summary) in self.sections.items()
        )
        activities = "".join(
            f"<activity><moduleid>{n}</moduleid><sectionid>{section}</sectionid><modulename>{kind}</modulename>"
            f"<title>{escape(title)}</title><directory>activities/{kind}_{n}</directory></activity>"
            for n, kind, section, title in self.activities
        )
        backup = (
            "<moodle_backup><information><name>backup.mbz</name><moodle_release>4.1</moodle_release>"
            f"<original_course_fullname>{escape(self.name)}</original_course_fullname><contents>"
            f"<activities>{activities}</activities><sections>{sections}</sections></contents></information></moodle_backup>"
        )
        members = {"moodle_backup.xml": backup, "files.xml": f"<files>{''.join(self.files)}</files>"}
        members["questions.xml"] = self._questions()
        for n, (title, summary) in self.sections.items():
            order = ",".join(str(number) for number, _kind, section, _title in self.activities if section == n)
            members[f"sections/section_{n}/section.xml"] = (
                f'<section id="{n}"><number>{n}</number><name>{escape(title) or "$@NULL@$"}</name>'
                f"<summary>{escape(summary)}</summary><sequence>{order}</sequence></section>"
            )
        return members | self.members

    def as_zip(self):
        return zipped(self.all_members())

    def as_tar(self):
        return tarred({".ARCHIVE_INDEX": "Moodle archive file index. Count: 1\n", **self.all_members()})


def answers(*each):
    """(id, text, fraction, feedback)"""
    return (
        "<answers>"
        + "".join(
            f'<answer id="{key}"><answertext>{escape(text)}</answertext><fraction>{fraction}</fraction>'
            f"<feedback>{escape(why)}</feedback></answer>"
            for key, text, fraction, why in each
        )
        + "</answers>"
    )


VERSIONS = {
    "1.1": ("http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1", "imsccv1p1"),
    "1.2": ("http://www.imsglobal.org/xsd/imsccv1p2/imscp_v1p1", "imsccv1p2"),
    "1.3": ("http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1", "imsccv1p3"),
}


def cartridge(items, resources, files, version="1.3", title="วิชาของเรา"):
    """`items` is XML of the organization; `resources` are (id, type, href)."""
    space, _name = VERSIONS[version]
    listed = "".join(
        f'<resource identifier="{key}" type="{kind}" href="{href}"><file href="{href}"/></resource>'
        for key, kind, href in resources
    )
    manifest = f"""<?xml version="1.0" encoding="UTF-8"?><manifest identifier="m" xmlns="{space}"
      xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"><metadata><schema>IMS Common Cartridge</schema>
      <schemaversion>{version}.0</schemaversion><lomimscc:lom><lomimscc:general><lomimscc:title>
      <lomimscc:string>{title}</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom></metadata>
      <organizations><organization identifier="o" structure="rooted-hierarchy"><item identifier="root">{items}</item>
      </organization></organizations><resources>{listed}</resources></manifest>"""
    return zipped({"imsmanifest.xml": manifest, **files})


def qti(*items):
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="แบบฝึก">'
        f'<section ident="root_section">{"".join(items)}</section></assessment></questestinterop>'
    )


def qti_item(profile, text, presentation, processing, feedback=""):
    return (
        f'<item ident="q"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>'
        f"<fieldentry>cc.{profile}.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>"
        f'<material><mattext texttype="text/html">{escape(text)}</mattext></material>{presentation}</presentation>'
        f"<resprocessing><outcomes><decvar maxvalue='100' minvalue='0' varname='SCORE'/></outcomes>{processing}"
        f"</resprocessing>{feedback}</item>"
    )


def qti_choices(labels, cardinality="Single"):
    inner = "".join(
        f'<response_label ident="{key}"><material><mattext texttype="text/plain">{escape(text)}</mattext></material>'
        "</response_label>"
        for key, text in labels
    )
    return f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice>{inner}</render_choice></response_lid>'


def qti_right(test):
    return (
        f'<respcondition continue="No"><conditionvar>{test}</conditionvar>'
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )


def gzipped_zeros(size):
    return gzip.compress(b"\0" * size)
