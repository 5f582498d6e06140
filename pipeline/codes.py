"""Codes that notes may use: currencies of ISO 4217 (in force and withdrawn) and languages of ISO 639-1.

Taken from pycountry 26.2.16; the withdrawn currencies from list three of ISO 4217, so far as used since 1970.
Metals, test codes and the code for no currency are left out: no source reports money in them.
"""

_CURRENCIES_IN_FORCE = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR
LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF XSU
XUA YER ZAR ZMW ZWG
"""
CURRENCIES_IN_FORCE = frozenset(_CURRENCIES_IN_FORCE.split())

_CURRENCIES_WITHDRAWN = """
AFA ANG AOK AON AOR ARA ARL ARP ARY ATS AYM AZM BAD BEF BGL BGN BOP BRB BRC BRE BRN BRR BYB BYR CSD CSJ CSK
CUC CYP DDM DEM ECS EEK ESP FIM FRF GEK GHC GHP GNE GQE GRD GWP HRD HRK IEP ILP ILR ISJ ITL LAJ LTL LTT LUF
LVL LVR MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SLL
SRG STD SUR TJR TMM TPE TRL UAK UGS UGW USS UYN VEB VEF VNC XEU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL
ZWN ZWR
"""
CURRENCIES_WITHDRAWN = frozenset(_CURRENCIES_WITHDRAWN.split())

CURRENCIES = CURRENCIES_IN_FORCE | CURRENCIES_WITHDRAWN

_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it
iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt
my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk
sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
yo za zh zu
"""
LANGUAGES = frozenset(_LANGUAGES.split())

CURRENCIES_MEANT = {
    "RMB": "CNY",
    "YUAN": "CNY",
    "CNH": "CNY",
    "$": "USD",
    "US$": "USD",
    "DOLLAR": "USD",
    "USDOLLAR": "USD",
    "€": "EUR",
    "EURO": "EUR",
    "£": "GBP",
    "UKP": "GBP",
    "¥": "JPY",
    "YEN": "JPY",
    "₩": "KRW",
    "WON": "KRW",
    "₹": "INR",
    "RS": "INR",
    "NTD": "TWD",
    "NT$": "TWD",
    "HK$": "HKD",
    "S$": "SGD",
    "A$": "AUD",
    "R$": "BRL",
}
"""What people write for a currency, in capitals, and the code that they mean: for suggestions only."""

COUNTRIES_MEANT = {"UK": "GB", "EL": "GR", "UAE": "AE", "USA": "US", "PRC": "CN", "KSA": "SA", "ROK": "KR"}
"""What people write for a country, in capitals, and the code that they mean: for suggestions only."""
