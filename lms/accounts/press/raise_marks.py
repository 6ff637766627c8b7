"""How the letters for PDF were made: `python raise_marks.py FROM.ttf TO.ttf`, with fonttools (4.60 or later).

In Noto Sans Thai Looped as it comes a tone mark above a vowel is the same glyph as on a bare letter, shifted upwards
when text is set. Typst then writes the letter twice for whoever reads or searches the PDF: ผึ้ผึ้ง for ผึ้ง. Here the raised
mark is a glyph of its own that stands where it is seen, so that nothing is shifted.
"""

import sys

VOWELS = ("uni0E31", "uni0E34", "uni0E35", "uni0E36", "uni0E37", "uni0E4D")
TONES = ("uni0E48", "uni0E49", "uni0E4A", "uni0E4B", "uni0E4C")


def main(source, target):
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    marks = _marks_on_marks(font)
    vowels = _of(VOWELS, marks.Mark2Coverage.glyphs)
    tones = _of(TONES, marks.Mark1Coverage.glyphs)
    tops = {vowel: marks.Mark2Array.Mark2Record[marks.Mark2Coverage.glyphs.index(vowel)] for vowel in vowels}
    heights = sorted(record.Mark2Anchor[0].YCoordinate for record in tops.values())
    height = heights[len(heights) // 2]  # they differ by less than 0.02 em
    for record in tops.values():
        record.Mark2Anchor[0].YCoordinate = height
    raised = {tone: _raise(font, marks, tone, height) for tone in tones}
    names = list(dict.fromkeys([*font.getGlyphOrder(), *raised.values()]))
    font.setGlyphOrder(names)
    font["glyf"].glyphOrder, font["maxp"].numGlyphs = names, len(names)
    _use_after(font, vowels, raised)
    font.save(target)


def _marks_on_marks(font):
    """The table that says where a tone stands on a vowel."""
    tables = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
    return next(
        table for table in tables if type(table).__name__ == "MarkMarkPos" and TONES[0] in table.Mark1Coverage.glyphs
    )


def _of(names, glyphs):
    """Those glyphs and their variants, such as uni0E48.narrow."""
    return [glyph for glyph in glyphs if glyph.split(".")[0] in names]


def _raise(font, marks, tone, height):
    """A copy of a tone at that height, known wherever the tone is; its name."""
    from fontTools.ttLib.tables import otTables
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    name, definitions = f"{tone}.high", font["GDEF"].table
    own = marks.Mark1Array.MarkRecord[marks.Mark1Coverage.glyphs.index(tone)]
    part, glyph = GlyphComponent(), Glyph()
    part.glyphName, part.x, part.y, part.flags = tone, 0, height - own.MarkAnchor.YCoordinate, 0x0003
    glyph.numberOfContours, glyph.components = -1, [part]
    font["glyf"][name], font["hmtx"][name] = glyph, font["hmtx"][tone]
    record = otTables.MarkRecord()
    record.Class, record.MarkAnchor = own.Class, otTables.Anchor()
    record.MarkAnchor.Format = 1
    record.MarkAnchor.XCoordinate, record.MarkAnchor.YCoordinate = own.MarkAnchor.XCoordinate, height
    marks.Mark1Array.MarkRecord.append(record)
    marks.Mark1Coverage.glyphs.append(name)
    definitions.GlyphClassDef.classDefs[name] = 3
    for group in definitions.MarkGlyphSetsDef.Coverage:
        group.glyphs += [name] if tone in group.glyphs else []
    return name


def _use_after(font, vowels, raised):
    """After a vowel each tone becomes its raised twin, last of all that composes letters (ccmp)."""
    from fontTools.ttLib.tables import otTables

    table = font["GSUB"].table
    single, context = otTables.SingleSubst(), otTables.ChainContextSubst()
    single.mapping = dict(raised)
    context.Format, record = 3, otTables.SubstLookupRecord()
    context.BacktrackCoverage, context.InputCoverage = [_cover(font, vowels)], [_cover(font, raised)]
    context.LookAheadCoverage, context.SubstLookupRecord = [], [record]
    record.SequenceIndex, record.LookupListIndex = 0, len(table.LookupList.Lookup)
    for kind, subtable in ((1, single), (6, context)):
        lookup = otTables.Lookup()
        lookup.LookupType, lookup.LookupFlag, lookup.SubTable = kind, 0, [subtable]
        table.LookupList.Lookup.append(lookup)
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "ccmp":
            feature.Feature.LookupListIndex.append(record.LookupListIndex + 1)


def _cover(font, glyphs):
    from fontTools.ttLib.tables import otTables

    coverage = otTables.Coverage()
    coverage.glyphs = sorted(glyphs, key=font.getGlyphID)
    return coverage


if __name__ == "__main__":
    main(*sys.argv[1:])
