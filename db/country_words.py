"""How people write countries: other names, formal names and adjectives, each leading to one alpha-2 code or to none.

Words that several countries or states share (Georgia, Congo, Korea, Guinean, Dominican ...) lead nowhere on purpose:
a name of a body that rests on them is never taken for another one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from db.countries import COUNTRIES, EUROPEAN_UNION, MULTILATERAL, UNKNOWN

AMBIGUOUS = frozenset({
    "america", "american samoa", "congo", "congolese", "dominican", "georgia", "georgian", "guinean", "ireland",
    "irish", "jersey", "korea", "korean", "macedonia", "macedonian", "micronesia", "micronesian", "saint martin",
    "samoan", "sint maarten", "virgin islands", "republic of china", "republic of georgia", "state of georgia",
    "republic of ireland",
})  # fmt: skip
"""Words that may mean more than one place, in lower case. Ireland and Jersey: also Northern Ireland, New Jersey."""

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "AE": ("UAE", "U.A.E."), "AR": ("Argentine Republic",), "BN": ("Brunei Darussalam",),
    "CD": ("Democratic Republic of the Congo", "Democratic Republic of Congo", "DRC"),
    "CG": ("Republic of Congo", "Congo-Brazzaville"), "CH": ("Swiss Confederation",), "CI": ("Ivory Coast",),
    "CN": ("PRC", "P.R.C.", "PR China", "Mainland China"), "CV": ("Cabo Verde",), "CZ": ("Czech Republic",),
    "FR": ("French Republic",), "GA": ("Gabonese Republic",), "GB": ("UK", "U.K.", "Britain", "Great Britain"),
    "GR": ("Hellenic Republic",), "HK": ("Hong Kong SAR",), "IT": ("Italian Republic",), "KG": ("Kyrgyz Republic",),
    "KP": ("Democratic People's Republic of Korea", "DPRK"), "KR": ("Republic of Korea", "ROK"),
    "LA": ("Lao PDR", "Lao People's Democratic Republic"), "LB": ("Lebanese Republic",), "MM": ("Burma",),
    "MX": ("United Mexican States",), "PT": ("Portuguese Republic",), "RU": ("Russian Federation",),
    "SA": ("KSA",), "SK": ("Slovak Republic",), "ST": ("Sao Tome and Principe",), "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",), "TG": ("Togolese Republic",), "TL": ("East Timor",), "TR": ("Türkiye", "Turkiye"),
    "US": ("U.S.", "US", "U.S.A.", "USA", "United States of America"), "UY": ("Eastern Republic of Uruguay",),
    "VA": ("Holy See",), "VN": ("Viet Nam",),
}  # fmt: skip

_FORMAL_NAMES = """
AD Principality of Andorra, AF Islamic Republic of Afghanistan, AL Republic of Albania, AM Republic of Armenia, AO
Republic of Angola, AR Argentine Republic, AT Republic of Austria, AZ Republic of Azerbaijan, BA Republic of Bosnia
and Herzegovina, BD People's Republic of Bangladesh, BE Kingdom of Belgium, BG Republic of Bulgaria, BH Kingdom of
Bahrain, BI Republic of Burundi, BJ Republic of Benin, BO Plurinational State of Bolivia, BR Federative Republic of
Brazil, BS Commonwealth of the Bahamas, BT Kingdom of Bhutan, BW Republic of Botswana, BY Republic of Belarus, CG
Republic of the Congo, CH Swiss Confederation, CI Republic of Côte d'Ivoire, CL Republic of Chile, CM Republic of
Cameroon, CN People's Republic of China, CO Republic of Colombia, CR Republic of Costa Rica, CU Republic of Cuba, CV
Republic of Cabo Verde, CY Republic of Cyprus, CZ Czech Republic, DE Federal Republic of Germany, DJ Republic of
Djibouti, DK Kingdom of Denmark, DM Commonwealth of Dominica, DZ People's Democratic Republic of Algeria, EC Republic
of Ecuador, EE Republic of Estonia, EG Arab Republic of Egypt, ER State of Eritrea, ES Kingdom of Spain, ET Federal
Democratic Republic of Ethiopia, FI Republic of Finland, FJ Republic of Fiji, FM Federated States of Micronesia, FR
French Republic, GA Gabonese Republic, GB United Kingdom of Great Britain and Northern Ireland, GH Republic of Ghana,
GM Republic of the Gambia, GN Republic of Guinea, GQ Republic of Equatorial Guinea, GR Hellenic Republic, GT Republic
of Guatemala, GW Republic of Guinea-Bissau, GY Republic of Guyana, HK Hong Kong Special Administrative Region of
China, HN Republic of Honduras, HR Republic of Croatia, HT Republic of Haiti, ID Republic of Indonesia, IL State of
Israel, IN Republic of India, IQ Republic of Iraq, IR Islamic Republic of Iran, IS Republic of Iceland, IT Italian
Republic, JO Hashemite Kingdom of Jordan, KE Republic of Kenya, KG Kyrgyz Republic, KH Kingdom of Cambodia, KI
Republic of Kiribati, KM Union of the Comoros, KP Democratic People's Republic of Korea, KW State of Kuwait, KZ
Republic of Kazakhstan, LB Lebanese Republic, LI Principality of Liechtenstein, LK Democratic Socialist Republic of
Sri Lanka, LR Republic of Liberia, LS Kingdom of Lesotho, LT Republic of Lithuania, LU Grand Duchy of Luxembourg, LV
Republic of Latvia, MA Kingdom of Morocco, MC Principality of Monaco, MD Republic of Moldova, MG Republic of
Madagascar, MH Republic of the Marshall Islands, MK Republic of North Macedonia, ML Republic of Mali, MM Republic of
Myanmar, MO Macao Special Administrative Region of China, MP Commonwealth of the Northern Mariana Islands, MR Islamic
Republic of Mauritania, MT Republic of Malta, MU Republic of Mauritius, MV Republic of Maldives, MW Republic of
Malawi, MX United Mexican States, MZ Republic of Mozambique, NA Republic of Namibia, NE Republic of the Niger, NG
Federal Republic of Nigeria, NI Republic of Nicaragua, NL Kingdom of the Netherlands, NO Kingdom of Norway, NP Federal
Democratic Republic of Nepal, NR Republic of Nauru, OM Sultanate of Oman, PA Republic of Panama, PE Republic of Peru,
PG Independent State of Papua New Guinea, PH Republic of the Philippines, PK Islamic Republic of Pakistan, PL Republic
of Poland, PS State of Palestine, PT Portuguese Republic, PW Republic of Palau, PY Republic of Paraguay, QA State of
Qatar, RS Republic of Serbia, RW Rwandese Republic, SA Kingdom of Saudi Arabia, SC Republic of Seychelles, SD Republic
of the Sudan, SE Kingdom of Sweden, SG Republic of Singapore, SI Republic of Slovenia, SK Slovak Republic, SL Republic
of Sierra Leone, SM Republic of San Marino, SN Republic of Senegal, SO Federal Republic of Somalia, SR Republic of
Suriname, SS Republic of South Sudan, ST Democratic Republic of Sao Tome and Principe, SV Republic of El Salvador, SZ
Kingdom of Eswatini, TD Republic of Chad, TG Togolese Republic, TH Kingdom of Thailand, TJ Republic of Tajikistan, TL
Democratic Republic of Timor-Leste, TN Republic of Tunisia, TO Kingdom of Tonga, TR Republic of Türkiye, TT Republic
of Trinidad and Tobago, TZ United Republic of Tanzania, UG Republic of Uganda, US United States of America, UY Eastern
Republic of Uruguay, UZ Republic of Uzbekistan, VE Bolivarian Republic of Venezuela, VI Virgin Islands of the United
States, VN Socialist Republic of Viet Nam, VU Republic of Vanuatu, WS Independent State of Samoa, YE Republic of
Yemen, ZA Republic of South Africa, ZM Republic of Zambia, ZW Republic of Zimbabwe
"""
"""From pycountry 26.2 (LGPL-2.1; Debian iso-codes)."""

_ADJECTIVES = """
AD Andorran, AE Emirati, AF Afghan, AL Albanian, AM Armenian, AO Angolan, AR Argentine, AR Argentinian, AT Austrian,
AU Australian, AZ Azerbaijani, BA Bosnian, BB Barbadian, BD Bangladeshi, BE Belgian, BF Burkinabe, BG Bulgarian,
BH Bahraini, BI Burundian, BJ Beninese, BN Bruneian, BO Bolivian, BR Brazilian, BS Bahamian, BT Bhutanese,
BW Botswanan, BY Belarusian, BZ Belizean, CA Canadian, CH Swiss, CI Ivorian, CL Chilean, CM Cameroonian, CN Chinese,
CO Colombian, CR Costa Rican, CU Cuban, CV Cape Verdean, CY Cypriot, CZ Czech, DE German, DJ Djiboutian, DK Danish,
DZ Algerian, EC Ecuadorian, EE Estonian, EG Egyptian, ER Eritrean, ES Spanish, ET Ethiopian, FI Finnish, FJ Fijian,
FR French, GA Gabonese, GB British, GH Ghanaian, GM Gambian, GQ Equatorial Guinean, GR Greek, GR Hellenic,
GT Guatemalan, GW Bissau-Guinean, GY Guyanese, HN Honduran, HR Croatian, HT Haitian, HU Hungarian, ID Indonesian,
IL Israeli, IN Indian, IQ Iraqi, IR Iranian, IS Icelandic, IT Italian, JM Jamaican, JO Jordanian, JP Japanese,
KE Kenyan, KG Kyrgyz, KH Cambodian, KM Comorian, KP North Korean, KR South Korean, KW Kuwaiti, KZ Kazakh,
KZ Kazakhstani, LA Lao, LA Laotian, LB Lebanese, LK Sri Lankan, LR Liberian, LT Lithuanian, LU Luxembourgish,
LV Latvian, LY Libyan, MA Moroccan, MC Monegasque, MD Moldovan, ME Montenegrin, MG Malagasy, MK North Macedonian,
ML Malian, MM Burmese, MN Mongolian, MR Mauritanian, MT Maltese, MU Mauritian, MV Maldivian, MW Malawian, MX Mexican,
MY Malaysian, MZ Mozambican, NA Namibian, NE Nigerien, NG Nigerian, NI Nicaraguan, NL Dutch, NO Norwegian,
NP Nepali, NP Nepalese, NZ New Zealand, OM Omani, PA Panamanian, PE Peruvian, PG Papua New Guinean, PH Philippine,
PH Filipino, PK Pakistani, PL Polish, PS Palestinian, PT Portuguese, PY Paraguayan, QA Qatari, RO Romanian,
RS Serbian, RU Russian, RW Rwandan, SA Saudi, SA Saudi Arabian, SC Seychellois, SD Sudanese, SE Swedish,
SG Singaporean, SI Slovenian, SK Slovak, SL Sierra Leonean, SN Senegalese, SO Somali, SR Surinamese,
SS South Sudanese, SV Salvadoran, SY Syrian, SZ Swazi, TD Chadian, TG Togolese, TH Thai, TJ Tajik, TJ Tajikistani,
TL Timorese, TM Turkmen, TN Tunisian, TO Tongan, TR Turkish, TT Trinidadian, TW Taiwanese, TZ Tanzanian,
UA Ukrainian, UG Ugandan, US American, UY Uruguayan, UZ Uzbek, UZ Uzbekistani, VE Venezuelan, VN Vietnamese,
XK Kosovar, YE Yemeni, ZA South African, ZM Zambian, ZW Zimbabwean
"""


def _listed(text: str) -> dict[str, str]:
    """Codes by words, from entries `CODE words` with commas between."""
    entries = (entry.split(maxsplit=1) for entry in text.replace("\n", " ").split(","))
    return {words.lower(): code for code, words in entries}


def _names() -> dict[str, str]:
    special = (EUROPEAN_UNION, MULTILATERAL, UNKNOWN)
    short = {country.name.lower(): code for code, country in COUNTRIES.items() if code not in special}
    other = {name.lower(): code for code, names in _OTHER_NAMES.items() for name in names}
    return short | _listed(_FORMAL_NAMES) | other


NAMES: Mapping[str, str] = MappingProxyType({name: code for name, code in _names().items() if name not in AMBIGUOUS})
"""Names of countries in lower case, short, other and formal ones, with their alpha-2 codes. No `AMBIGUOUS` ones."""

ADJECTIVES: Mapping[str, str] = MappingProxyType(
    {word: code for word, code in _listed(_ADJECTIVES).items() if word not in AMBIGUOUS}
)
"""Adjectives of countries in lower case, with their alpha-2 codes. No `AMBIGUOUS` ones."""
