"""Legal forms of firms, as they stand behind or before a name, and where a form that few countries know is at home.

Own table: rigour, which has a longer one, needs PyICU, for which there are no wheels; cleanco's has forms such as
`da`, `et`, `uk` that are words of names. Group, Holdings, Technologies, AI, Labs are parts of a name, no legal forms.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_BEHIND = """
inc; incorporated; corp; corporation; co; company; ltd; limited; llc; llp; lp; plc; pllc
co ltd; co inc; co llc; company ltd; company limited; co limited; corp ltd; corporation limited; and co; and company
sa; sau; sas; sab; sab de cv; sa de cv; s de rl de cv; sapi de cv; sarl; srl; srls; sca; snc; se
jsc; ojsc; cjsc; pjsc; pao; ooo; oao; zao; llc fz; fz llc; fzco; fze; fz; fzc
gmbh: DE AT CH LI LU; gmbh and co kg: DE AT; gmbh and co kgaa: DE; mbh: DE AT; ag: DE AT CH LI; kgaa: DE
ug: DE; ev: DE AT; ag and co kgaa: DE
bv: NL BE CW; nv: NL BE CW SR; bvba: BE; sprl: BE
ab: SE FI; asa: NO; as: NO DK EE LV TR CZ SK; aps: DK; oy: FI; oyj: FI; oyj abp: FI; ab publ: SE; ou: EE; ehf: IS
hf: IS; sia: LV; uab: LT
spa: IT CL DZ; sasu: FR; eurl: FR DZ
sp z oo: PL; sp zoo: PL; spolka z oo: PL; spolka akcyjna: PL; sro: CZ SK; spol s ro: CZ SK; kft: HU; zrt: HU
nyrt: HU; doo: RS HR SI BA ME MK; dd: HR SI BA; ad: RS BG ME MK; ead: BG; eood: BG; ood: BG
ltda: BR CL CO PT; lda: PT AO MZ; eireli: BR
pty ltd: AU ZA NA BW; pty limited: AU ZA NA BW; proprietary limited: AU ZA NA BW; pty: AU ZA
pte ltd: SG; pte: SG; private limited: IN PK BD LK SG; pvt ltd: IN PK BD LK NP; pvt limited: IN PK BD LK
pt tbk: ID; tbk: ID; sdn bhd: MY BN; bhd: MY BN
kk: JP; kabushiki kaisha: JP; gk: JP
psc: AE; saog: OM; saoc: OM; sae: EG; qpsc: QA; qsc: QA; kscp: KW; ksc: KW; bsc: BH; wll: BH QA KW
"""
_BEFORE = """
pjsc; ojsc; cjsc; jsc; ooo; oao; zao; pao; pt: ID; limited liability company; joint stock company
public joint stock company
"""
_CYRILLIC_BEFORE = "ооо; оао; пао; зао; нао; ао; ат; пат; прат; тов; тоо; ип"
_CJK = """
股份有限公司: CN TW HK MO; 有限责任公司: CN; 股份公司: CN TW; 有限公司: CN TW HK MO SG MY
株式会社: JP; 合同会社: JP; 有限会社: JP; (株): JP; 주식회사: KR KP; 유한회사: KR KP; (주): KR KP
"""

_SPELT = {
    "incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd", "proprietary": "pty",
    "pvt": "private", "spolka": "sp", "zoo": "z oo", "limited liability company": "llc", "joint stock company": "jsc",
    "public joint stock company": "pjsc", "kabushiki kaisha": "kk", "ооо": "ooo", "оао": "ojsc", "oao": "ojsc",
    "зао": "cjsc", "zao": "cjsc", "пао": "pjsc", "pao": "pjsc", "ао": "jsc", "股份公司": "股份有限公司",
    "有限责任公司": "有限公司",
}  # fmt: skip
"""Spellings and words of one and the same form."""
_BESIDE = frozenset({"co", "and", "abp", "publ", "tbk"})
"""Words that do not make another form of one beside which they stand: Co., Ltd. is Ltd."""

Forms = Mapping[str, frozenset[str]]
"""Forms in lower case with the countries they are at home in; none where they are too widespread to tell."""


def _listed(text: str) -> Forms:
    entries = (entry.partition(":") for entry in text.strip().replace("\n", ";").split(";"))
    return MappingProxyType({form.strip(): frozenset(homes.split()) for form, _, homes in entries})


def spelling(forms: Iterable[str]) -> str:
    """The legal forms of one name in one spelling: `limited` and `co ltd` are both `ltd`; empty without a form."""
    spelt = (_SPELT.get(form) or " ".join(_SPELT.get(word, word) for word in form.split()) for form in forms)
    words = {word for form in spelt for word in form.split()}
    return " ".join(sorted(words - _BESIDE or words))


BEHIND: Forms = _listed(_BEHIND)
"""Forms at the end of a name, as words of plain letters with one blank between."""
BEFORE: Forms = _listed(_BEFORE)
"""Forms at the beginning of a name, likewise."""
CYRILLIC_BEFORE: Forms = _listed(_CYRILLIC_BEFORE)
"""Forms at the beginning of a name in Cyrillic letters only: in Latin ones some are words."""
CJK: Forms = _listed(_CJK)
"""Forms at either end of a name that is written without blanks, simplified characters."""
