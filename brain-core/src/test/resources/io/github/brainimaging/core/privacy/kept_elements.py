"""Makes kept-elements.txt: what a de-identified DICOM image keeps.

All attributes of the groups of acquisition, place and image that are numbers, codes, tables or
sequences by pydicom's dictionary, and for which PS3.15, table E.1-1 (2026c, as the PyPI package
dicom-anonymizer has it) asks nothing. UIDs that are kept are replaced. XS is US, or SS of signed pixels.
    pip install pydicom dicom-anonymizer; python kept_elements.py > kept-elements.txt
"""
import dicomanonymizer.dicom_anonymization_databases.dicomfields_2026c as profile
from pydicom.datadict import DicomDictionary

TYPES = {"CS", "DS", "IS", "US", "SS", "UL", "SL", "FL", "FD", "AT", "SQ", "OW", "OB", "XS"}
EITHER = {"US or SS": "XS", "US or OW": "US", "US or SS or OW": "OW", "OB or OW": "OW"}
UIDS = {0x00080018, 0x0020000D, 0x0020000E, 0x00200052, 0x00209164, 0x00209161}
ALSO = {0x00080008: "CS", 0x00080016: "UI", 0x00080060: "CS", 0x00089007: "CS", 0x00089205: "CS",
        0x00089206: "CS", 0x00089207: "CS", 0x00089208: "CS", 0x00089209: "CS"}
named = {tag[0] << 16 | tag[1] for name in dir(profile) if name.endswith("TAGS")
         for tag in getattr(profile, name) if len(tag) == 2}


def in_scope(tag):
    group, element = tag >> 16, tag & 0xFFFF
    if group == 0x0018:  # MR and CT, no ultrasound, angiography, detectors, protocols
        return element < 0x2000 or 0x5100 <= element < 0x5200 or 0x9000 <= element < 0x9400
    return group in (0x0020, 0x5200) or (group == 0x0028 and element < 0x7000)


kept = dict(ALSO)
for tag, (vr, _, _, retired, _) in DicomDictionary.items():
    vr = EITHER.get(vr, vr)
    if tag in UIDS or (in_scope(tag) and not retired and vr in TYPES and tag not in named):
        kept[tag] = vr
for tag in sorted(kept):
    print("%08X %s" % (tag, kept[tag]))
