"""Two spellings of one actor are taken for one; names that might be another's are kept apart."""

import pytest

from pipeline.actors import ActorIndex, ActorNote, Known, known, parse_actor
from pipeline.names import known_keys, tolerant
from pipeline.readers import find_inputs, records
from tests.conftest import CORPUS

JOIN = [
    # legal forms
    ("Nvidia", "NVIDIA Corp."), ("Nvidia", "NVIDIA Corporation"), ("OpenAI", "OpenAI, Inc."),
    ("OpenAI", "OpenAI LLC"),
    ("Mistral AI", "Mistral AI SAS"), ("Aleph Alpha", "Aleph Alpha GmbH"), ("Siemens", "Siemens AG"),
    ("Boeing", "The Boeing Company"), ("Thales", "Thales S.A."), ("Leonardo", "Leonardo S.p.A."),
    ("Novo Nordisk", "Novo Nordisk A/S"), ("Equinor", "Equinor ASA"), ("Nokia", "Nokia Oyj"),
    ("Ericsson", "Ericsson AB (publ)"), ("ASML", "ASML N.V."), ("ElevenLabs", "ElevenLabs sp. z o.o."),
    ("Rossum", "Rossum s.r.o."), ("Infobip", "Infobip d.o.o."),
    ("Tata Consultancy Services", "Tata Consultancy Services Limited"), ("Sarvam AI", "Sarvam AI Pvt. Ltd."),
    ("YTL Power", "YTL Power Bhd"), ("Skyvast", "Skyvast Sdn. Bhd."),
    ("Grab", "Grab Pte. Ltd."), ("Atlassian", "Atlassian Pty Ltd"), ("Totvs", "Totvs Ltda."),
    ("Telkom Indonesia", "PT Telkom Indonesia Tbk"), ("Khazna", "Khazna PJSC"), ("Ooredoo", "Ooredoo Q.P.S.C."),
    ("Samsung Electronics", "Samsung Electronics Co., Ltd."), ("SK hynix", "SK Hynix Inc."),
    ("Toyota Motor", "Toyota Motor Corp"), ("Amazon Web Services", "Amazon Web Services, Inc."),
    ("Alibaba Cloud", "Alibaba Cloud Co. Ltd"), ("C3 AI", "C3 AI, Inc."), ("Palantir", "Palantir plc"),
    ("华为技术", "华为技术有限公司"), ("科大讯飞", "科大讯飞股份有限公司"), ("카카오", "주식회사 카카오"),
    ("네이버", "네이버(주)"), ("ソフトバンク", "ソフトバンク株式会社"), ("楽天", "株式会社楽天"),
    ("Яндекс", "ООО «Яндекс»"), ("Сбербанк", "ПАО Сбербанк"),
    # punctuation, blanks, articles, initials, letters
    ("OpenAI", "Open AI"), ("G42", "G42 Ltd"), ("DeepMind", "Deep Mind"), ("Hewlett Packard", "Hewlett-Packard"),
    ("Moody's", "Moody’s"), ("AT&T", "AT and T"), ("Johnson & Johnson", "Johnson and Johnson"),
    ("Future of Life Institute", "The Future of Life Institute"), ("Télécom Paris", "Telecom Paris"),
    ("Citroën", "Citroen"), ("Łukasiewicz", "Lukasiewicz"), ("Αθηνά", "Athina"), ("Ørsted", "Orsted A/S"),
    ("华为", "華為"), ("中国电信", "中國電信"), ("台积电", "台積電"), ("ＮＥＣ", "N.E.C."), ("Naver", "NAVER Corp."),
    ("Massachusetts Institute of Technology", "Massachusetts Institute of Technology (MIT)"),
    ("Siemens AG", "Siemens"), ("SAP SE", "SAP"), ("Acme Ltd", "Acme Limited"), ("Acme Inc.", "Acme, Incorporated"),
    ("Samsung Electronics Co., Ltd.", "Samsung Electronics Ltd"), ("Acme Corp", "Acme Corporation"),
    ("Sarvam AI Pvt. Ltd.", "Sarvam AI Private Limited"), ("Nokia Oyj", "Nokia Oyj Abp"), ("ОАО Альфа", "Alfa OJSC"),
    # states and their bodies
    ("National Security Agency", "National Security Agency (NSA)"),
    ("Government of the UAE", "UAE government"), ("Government of the UAE", "United Arab Emirates"),
    ("Government of the UAE", "Emirati government"), ("Government of the UAE", "the United Arab Emirates (UAE)"),
    ("Government of the UAE", "Government of the United Arab Emirates"), ("Government of Kenya", "Kenya"),
    ("Government of Kenya", "Kenyan Government"), ("Government of Kenya", "Republic of Kenya"),
    ("Government of Kenya", "Kenya's government"), ("Government of Nigeria", "Federal Government of Nigeria"),
    ("Government of the United States", "U.S."), ("Government of the United States", "US federal government"),
    ("Government of the United Kingdom", "British Government"), ("Government of the Netherlands", "Dutch government"),
    ("Government of South Korea", "Republic of Korea"), ("Government of Turkey", "Government of Türkiye"),
    ("Government of China", "People's Republic of China"), ("Government of Viet Nam", "Vietnam"),
    ("Government of Niger", "Nigerien government"), ("Government of DR Congo", "Democratic Republic of the Congo"),
    ("Government of Abu Dhabi", "Abu Dhabi Government"), ("Government of Shenzhen", "Shenzhen government"),
    ("Ministry of Finance, Kenya", "Ministry of Finance (Kenya)"),
    ("Ministry of Finance, Kenya", "Kenya Ministry of Finance"),
    ("Ministry of Finance, Kenya", "Kenyan Ministry of Finance"),
    ("Ministry of Finance, Kenya", "Ministry of Finance of Kenya"),
    ("Ministry of Finance, Kenya", "Kenya's Finance Ministry"),
    ("Ministry of Finance, Kenya", "Ministry of Finance of the Republic of Kenya"),
    ("Ministry of Defense, Israel", "Israeli Ministry of Defence"),
    ("U.S. Department of Defense", "US Defense Department"),
    ("U.S. Department of Commerce", "Department of Commerce (United States)"), ("U.S. Army", "US Army"),
    ("Ministry for Digital Affairs, Poland", "Polish Ministry of Digital Affairs"),
    ("Swiss Armed Forces", "Armed Forces of Switzerland"),
    ("Cyberspace Administration of China", "China Cyberspace Administration"),
    ("Digital Agency, Japan", "Japanese Digital Agency"),
    ("National Development and Reform Commission", "National Development & Reform Commission"),
]  # fmt: skip
"""A known actor and a name that means it."""

APART = [
    # short names with a legal form
    ("xAI", "XAI Corp"), ("IBM", "IBM Ltd."), ("SAP", "SAP SE"), ("GIC", "GIC Ltd"), ("Sea", "Sea Limited"),
    ("XAI Corp", "xAI"), ("SAP SE", "Sap"), ("SAP SE", "SAP Ltd"),
    # two legal forms
    ("Siemens AG", "Siemens Ltd"), ("Nokia Oyj", "Nokia Ltd"), ("Acme Inc.", "Acme LLC"), ("Acme SA", "Acme SAS"),
    ("Grab Pte. Ltd.", "Grab Sdn. Bhd."),
    # parts, products and brothers
    ("Scale AI", "Scale"), ("Scale", "Scale AI"), ("G42", "G42 Healthcare"), ("Mistral AI", "Mistral"),
    ("Microsoft", "Microsoft Azure"), ("Amazon", "Amazon Web Services"), ("Amazon", "Amazon.com, Inc."),
    ("Alibaba", "Alibaba Cloud"), ("Alibaba", "Alibaba Group Holding Ltd"), ("SoftBank", "SoftBank Group"),
    ("Tencent", "Tencent Holdings"), ("Huawei", "Huawei Technologies"), ("Huawei", "Huawei Cloud"),
    ("Google", "Google DeepMind"), ("Meta", "Meta AI"), ("OpenAI", "OpenAI Foundation"),
    ("OpenAI", "OpenAI Global, LLC"), ("Anthropic", "Anthropic Labs"), ("Zhipu AI", "Z.ai"), ("Z.ai", "ZAI"),
    ("xAI", "X Corp."), ("X Corp.", "X"), ("Samsung Electronics", "Samsung SDS"), ("SK hynix", "SK Telecom"),
    ("Inflection AI", "Inflection"), ("G42", "G-42 X"), ("Cohere", "Cohere Health"), ("Oracle", "Oracle Japan"),
    ("Nvidia", "Nvidia Ventures"), ("Core42", "G42"), ("华为", "华为云"), ("百度", "百度智能云"), ("腾讯", "腾讯云"),
    ("NEC Corp", "ANEC"), ("Emirates", "Emirati government"), ("University of Oxford", "Oxford University Press"),
    ("University of California", "California University"), ("University of Washington", "Washington University"),
    ("Bank of China", "China Bank"), ("Bank of Japan", "Bank of Korea"), ("Bank of America", "America Bank"),
    ("Bank of Georgia", "Georgia Bank"), ("World Bank", "World Bank Group"),
    ("Government of the UAE", "Abu Dhabi Government"), ("Government of Abu Dhabi", "UAE government"),
    ("Government of the UAE", "Emirates"), ("Government of Georgia", "Georgia"),
    ("Government of Georgia", "Georgia government"), ("Government of Georgia", "State of Georgia"),
    ("Government of Niger", "Nigeria"), ("Government of Nigeria", "Niger"),
    ("Government of Nigeria", "Nigerien government"), ("Government of Guinea", "Equatorial Guinea"),
    ("Government of Guinea", "Guinea-Bissau"), ("Government of Guinea", "Papua New Guinea"),
    ("Government of Guinea", "Guinean government"), ("Government of DR Congo", "Congo"),
    ("Government of DR Congo", "Republic of the Congo"), ("Government of DR Congo", "Congolese government"),
    ("Government of South Korea", "Korea"), ("Government of South Korea", "Korean government"),
    ("Government of South Korea", "North Korea"), ("Government of China", "Taiwan"),
    ("Government of China", "Republic of China"), ("Government of Taiwan", "China"),
    ("Government of China", "Hong Kong"), ("Government of Ireland", "Irish government"),
    ("Government of Sudan", "South Sudan"), ("Government of Mexico", "New Mexico government"),
    ("Government of Jersey", "New Jersey government"), ("Government of Dominica", "Dominican government"),
    ("Government of India", "Indiana government"), ("Government of the United States", "America"),
    ("Government of the United States", "American Samoa"), ("Government of Kenya", "Ministry of Finance, Kenya"),
    ("Ministry of Finance, Kenya", "Ministry of Finance"),
    ("Ministry of Finance, Kenya", "Ministry of Finance (Uganda)"),
    ("Ministry of Finance, Kenya", "Ugandan Finance Ministry"),
    ("Ministry of Finance, Kenya", "Ministry of Finance and Planning, Kenya"),
    ("Ministry of Defence, United Kingdom", "the Ministry of Defence"),
    ("Ministry of Digital, Malaysia", "Ministry of Digital Affairs, Taiwan"),
    ("Supreme Court of India", "the Supreme Court"),
    ("U.S. Department of Energy", "Department of Energy, Philippines"),
    ("U.S. Department of Defense", "U.S. Department of Justice"),
    ("Ministry of Economic Affairs, Taiwan", "Ministry of Economic Affairs, Netherlands"),
    ("U.S. Army", "British Army"), ("UK Research Council", "US-UK Research Council"),
    ("Parliament of Kenya", "the Parliament"), ("AI", "AI Inc."), ("HP", "HP Inc. Labs"),
]  # fmt: skip
"""A known actor and a name that may mean somebody else."""

STATES = ("Government", "Ministry", "Department", "Army", "Agency", "Administration", "Armed Forces", "Commission",
          "Court", "Parliament")  # fmt: skip


def _register(name: str) -> ActorIndex:
    """One known actor of a fitting kind and home."""
    key = tolerant(name)
    home = key.key[1:3] if key is not None and key.key.startswith("@") else None
    is_state = any(word in name for word in STATES)
    kind = "government" if name.startswith("Government") else "agency" if is_state else "company"
    return ActorIndex([Known("ac-1", name, (), kind, home)])


@pytest.mark.parametrize(("name", "other"), JOIN)
def test_another_spelling_means_the_known_actor(name: str, other: str) -> None:
    assert _register(name).resolve(other) == "ac-1"


@pytest.mark.parametrize(("name", "other"), APART)
def test_a_name_that_may_mean_somebody_else_means_nobody(name: str, other: str) -> None:
    assert _register(name).resolve(other) is None


def test_a_key_that_two_known_actors_share_joins_neither() -> None:
    index = ActorIndex([Known("1", "Acme Inc", (), "company", "US"), Known("2", "Acme GmbH", (), "company", "DE")])

    assert index.resolve("Acme Ltd") is None
    assert index.resolve("Acme GmbH") == "2"


@pytest.mark.parametrize(
    ("name", "kind", "home", "other"),
    [
        ("Acme", "company", "MY", "Acme GmbH"),
        ("DOE", "agency", "US", "DOE Ltd"),
        ("Ottawa", "government", "CA", "The Ottawa"),
        ("Kenya", "company", "KE", "Government of Kenya"),
        ("Government of Kenya", "government", "UG", "Kenya"),
        ("Ministry of Finance, Kenya", "agency", "UG", "Kenyan Ministry of Finance"),
    ],
)
def test_kind_and_home_may_speak_against_a_join(name: str, kind: str, home: str, other: str) -> None:
    assert ActorIndex([Known("1", name, (), kind, home)]).resolve(other) is None


def test_the_home_of_an_agency_adds_the_country_that_its_name_leaves_out() -> None:
    index = ActorIndex([Known("1", "Bureau of Industry and Security", (), "agency", "US")])

    assert index.resolve("US Bureau of Industry & Security") == "1"
    assert index.resolve("Japanese Bureau of Industry and Security") is None


def test_a_name_as_it_is_listed_goes_before_a_tolerant_key() -> None:
    index = ActorIndex(
        [Known("1", "Acme", ("Acme Inc",), "company", "US"), Known("2", "Acme Inc.,", (), "company", "US")]
    )

    assert index.resolve("Acme Inc") == "2"


@pytest.mark.parametrize(
    "name", ["Ministry of Finance", "Georgia", "HP", "...", "Government", "Congo", "Supreme Court"]
)
def test_a_name_that_says_too_little_has_no_tolerant_key(name: str) -> None:
    assert tolerant(name) is None
    assert known_keys(name, "company", None) == frozenset()


def test_no_name_of_the_bundled_register_means_another_actor_of_it() -> None:
    found = (parse_actor(one) for path in find_inputs([str(CORPUS)]).actors for one in records(path))
    everybody = [known(one) for one in found if isinstance(one, ActorNote)]
    assert len(everybody) > 500
    bearers: dict[str, set[str]] = {}
    for one in everybody:
        for key in (key for name in (one.name, *one.aliases) for key in known_keys(name, one.kind, one.country)):
            bearers.setdefault(key, set()).add(one.name)
    for one in everybody:
        for key in filter(None, map(tolerant, (one.name, *one.aliases))):
            assert bearers.get(key.key, set()) <= {one.name}
