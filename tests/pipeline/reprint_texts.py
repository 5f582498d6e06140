"""Written agency-like copy and what editors do to it: a labelled table of pairs, reprint or not."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "pipeline" / "corpus" / "notes"

AGENCY = (
    "Kenya's government has agreed to buy a large language model from Acme Systems for use in its health service, "
    "the ministry of information said on Tuesday, in what officials called the largest purchase of its kind in East "
    "Africa.",
    "The contract is worth 4.2 billion shillings and runs for five years. It covers licences for 14,000 clinicians, "
    "the training of local engineers and a data centre in Konza, south of Nairobi, that is to open before the end of "
    "2026.",
    '"We looked at nine offers and this one kept patient records inside the country," said Grace Wanjiru, the '
    "permanent secretary, who signed the agreement with the company's regional head at a ceremony in the capital.",
    "Opposition members of parliament have asked why the tender was open for only three weeks. A committee will hear "
    "the ministry next month, its chairman said, adding that it had not yet been shown the terms of payment.",
    "Acme, which is based in Toronto, has sold similar systems to hospitals in Ghana and Rwanda since last year. It "
    "declined to say how much of the work would be done by subcontractors, or who would own the tuned model.",
    "Civil society groups welcomed the promise that no record would leave the country but said that the organisation "
    "in charge of data protection lacks the staff to check it. The regulator has eleven inspectors for all of Kenya.",
    "The programme is paid for in part by a loan of 30 million euros from a European development bank, approved in "
    "March, and the rest will come out of the health budget, according to papers seen by this agency.",
    "A first group of twelve county hospitals is to begin using the system in April. Doctors there will keep the right "
    "to overrule it, and every answer it gives will be stored for seven years, the ministry's statement said.",
)
"""One story of eight paragraphs, some 290 words."""

OTHER = (
    "A month after Kenya said it would put artificial intelligence into its clinics, nurses at Pumwani hospital "
    "have yet to see a computer that can run it. Half of the wards share one terminal, and the power fails most "
    "afternoons.",
    "We spoke to fourteen nurses and four doctors over two weeks. Most had heard of the plan on the radio. None had "
    "been asked what they needed, and only one could name the Canadian firm that will supply the software.",
    "Peter Otieno, who runs the maternity ward, fears that the money will be missed elsewhere. Last year the county "
    "bought no new incubators, and the roof above the intensive care unit has leaked since the long rains began.",
    "Others are more hopeful. A pilot in Kisumu, run by a university without any vendor, cut the time that patients "
    "wait for a reading of their scans from nine days to two, and staff there say they would not go back.",
    "What worries specialists in procurement is the speed. In Uganda a comparable purchase took two years of public "
    "hearings, and even so auditors later found that a third of the devices were never unpacked.",
)
"""Another reporter's story on the same deal."""

COOKIES = (
    "We and our partners store and access information on a device, such as cookies, and process personal data, such as "
    "unique identifiers and standard information sent by a device, for personalised advertising and content, "
    "measurement, audience research and the development of services. With your permission we may use precise location "
    "data. You may click to consent to this processing as described above, or refuse to consent or change your "
    "preferences before consenting. Some processing of your personal data may not require your consent, but you have a "
    "right to object to such processing. Your preferences will apply to this website only."
)
ABOUT = (
    "About Acme Systems. Acme Systems builds language models for hospitals, courts and schools in more than thirty "
    "countries. Founded in 2016 and based in Toronto, the company employs 900 people and is backed by Maple Ventures "
    "and the Northern Pension Fund. Its models are trained on licensed data only. For more information visit the "
    "company's website or follow it on all networks. Forward-looking statements in this release involve risks."
)
FOOTER = (
    "Sign up for our morning newsletter to get the ten stories that matter before breakfast. By subscribing you agree "
    "to our terms of use and privacy policy. Most read: Shilling falls to record low. Ten dishes to try this weekend. "
    "Why the long rains came late. Follow us for more. Copyright 2026 Daily Courier Ltd. All rights reserved. No part "
    "of this website may be reproduced in any form without the written permission of the publisher. Have a tip? Write "
    "to the newsroom. Advertise with us. Careers. Corrections. Terms of service."
)

CHINESE = (
    "肯尼亚政府周二表示，已同意向艾克米系统公司购买一套大型语言模型，用于全国公立医院。官员称这是东非地区同类采购中规模最大的一笔。",
    "合同总额为四十二亿先令，为期五年，内容包括一万四千名医生的使用许可、本地工程师培训，以及在内罗毕以南孔扎建设一座数据中心。",
    "常务秘书万吉鲁在首都的签字仪式上说，政府比较了九份投标书，只有这一份能够保证病人档案不离开本国。",
    "反对党议员质疑招标期为何只有三个星期。议会委员会主席表示，下个月将听取该部说明，目前尚未看到付款条件。",
    "该项目的一部分资金来自一家欧洲开发银行三月批准的三千万欧元贷款，其余由卫生预算承担。首批十二家县医院将于四月启用。",
)
CHINESE_OTHER = (
    "记者近日走访内罗毕多家医院发现，不少护士至今没有见过能够运行人工智能系统的电脑，停电也时有发生。",
    "一位妇产科主任担心，这笔开支会挤占购买保温箱的经费。去年该县没有添置任何新设备，重症病房的屋顶一直漏水。",
    "基苏木的一所大学此前开展过试点，病人等待影像报告的时间由九天缩短到两天，当地医护人员对此表示满意。",
)
ARABIC = (
    "أعلنت وزارة الاتصالات يوم الثلاثاء أن الحكومة وافقت على شراء نموذج لغوي كبير من شركة أكمي لاستخدامه في المستشفيات "
    "العامة في أنحاء البلاد، ووصف مسؤولون الصفقة بأنها الأكبر من نوعها في شرق أفريقيا.",
    "وتبلغ قيمة العقد أربعة مليارات شلن لمدة خمس سنوات، ويشمل تدريب المهندسين المحليين وإنشاء مركز بيانات جنوب العاصمة "
    "قبل نهاية العام المقبل، إضافة إلى تراخيص لأربعة عشر ألف طبيب.",
    "وقال الأمين الدائم للوزارة إن الحكومة درست تسعة عروض، وإن هذا العرض وحده يبقي سجلات المرضى داخل البلاد، مضيفا أن "
    "الأطباء سيحتفظون بحق رفض ما يقترحه النظام.",
)
THAI = "รัฐบาลประกาศเมื่อวันอังคารว่าจะซื้อระบบปัญญาประดิษฐ์จากบริษัทแอคมีเพื่อใช้ในโรงพยาบาลของรัฐทั่วประเทศเป็นเวลาห้าปี"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and whether one is a reprint of the other."""

    name: str
    left: str
    right: str
    reprint: bool


def joined(*parts: str) -> str:
    """Paragraphs as one text."""
    return "\n\n".join(parts)


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """The text with each passage, which it must hold, exchanged."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return re.split(r"(?<=[.。])\s*", text.strip())


STORY = joined(*AGENCY)
STORY_ELSEWHERE = joined(*OTHER)


def reworded(paragraphs: tuple[str, ...], kept: int) -> str:
    """The first paragraphs kept, the others told by somebody else."""
    return joined(*paragraphs[:kept], *OTHER[: len(paragraphs) - kept])


def edited_copies() -> Iterator[Pair]:
    """What editors do to a copy that leaves it a copy."""
    copies = {
        "word for word": STORY,
        "headline and byline before it": joined("Kenya bets on machines to mend clinics\nBy Our Correspondent", STORY),
        "dateline and agency's name": f"NAIROBI, Nov 3 (Wire) - {STORY} (Reporting by J. Mwangi; editing by L. Roy)",
        "first three of eight paragraphs": joined(*AGENCY[:3]),
        "last four paragraphs": joined(*AGENCY[4:]),
        "first paragraph and the last three": joined(AGENCY[0], *AGENCY[5:]),
        "cookie notice before it": joined(COOKIES, STORY),
        "footer after it": joined(STORY, FOOTER),
        "matter as long as the text around it": joined(COOKIES, FOOTER, STORY, ABOUT),
        "cut to five paragraphs, footer after them": joined(*AGENCY[:5], FOOTER),
        "typographic quotes and dashes": replaced(
            STORY, ('"We', "“We"), ('country,"', "country,”"), ("'s", "’s"), (", which", " – which"),
            ("14,000", "14 000"),
        ),
        "American spelling": replaced(
            STORY, ("licences", "licenses"), ("centre", "center"), ("organisation", "organization"),
            ("programme", "program"),
        ),
        "figures converted in brackets": replaced(
            STORY, ("4.2 billion shillings", "4.2 billion shillings ($32.5 million)"),
            ("30 million euros", "30 million euros ($33 million)"),
        ),
        "a sentence put in by the local editor": replaced(
            STORY, ("open before the end of 2026.", "open before the end of 2026. Our paper wrote in August that land "
                    "for it had been bought at three times the going price, which the county denies."),
        ),
        "cut to four paragraphs with a sentence put in": joined(
            *AGENCY[:4], "Our paper wrote in August that land for it had been bought at three times the going price."
        ),
        "lines broken and spaces doubled": re.sub(r" (?=\w{7})", "\n   ", STORY),
        "one paragraph of eight reworded": joined(*AGENCY[:5], OTHER[2], *AGENCY[6:]),
        "all edits at once": joined(
            "KENYA BUYS MODEL", COOKIES[:150],
            replaced(joined(*AGENCY[:6]), ("licences", "licenses"), ("centre", "center"), ("'s", "’s"),
                     ("4.2 billion shillings", "4.2 billion shillings ($32.5 million)")),
            FOOTER[:200],
        ),
    }  # fmt: skip
    for name, copy in copies.items():
        yield Pair(name, STORY, copy, True)
    half, whole = joined(*AGENCY[:4]), joined(COOKIES, STORY)
    yield Pair("a cut copy and a copy with a notice", half, whole, True)
    yield Pair("two copies with notices of their own sites", joined(COOKIES, STORY), joined(STORY, FOOTER), True)


def other_stories() -> Iterator[Pair]:
    """Texts that share something and are not reprints."""
    first, second = sentences(AGENCY[2])[0], sentences(AGENCY[4])[1]
    long_quote = joined(*OTHER[:3], AGENCY[1], *OTHER[3:])
    yield Pair("another reporter's story", STORY, STORY_ELSEWHERE, False)
    yield Pair("a story that quotes two sentences", STORY, joined(*OTHER[:2], first, second, *OTHER[2:]), False)
    yield Pair("a story that quotes a long paragraph", STORY, long_quote, False)
    yield Pair("a shorter story that quotes two sentences", STORY, joined(*OTHER[:2], f"{first} {second}"), False)
    yield Pair("two stories that quote the same two sentences",
               joined(*AGENCY[:2], *AGENCY[5:], OTHER[0]), joined(*OTHER, *sentences(AGENCY[5])), False)  # fmt: skip
    yield Pair("three paragraphs of eight kept", STORY, reworded(AGENCY, 3), False)
    yield Pair("one paragraph kept", STORY, reworded(AGENCY, 1), False)
    yield Pair("one site's cookie notice", joined(COOKIES, *AGENCY[:4]), joined(COOKIES, *OTHER[:4]), False)
    yield Pair("one site's footer", joined(*AGENCY[:3], FOOTER), joined(*OTHER[:3], FOOTER), False)
    yield Pair("one site's notice and short stories", joined(*AGENCY[:2], COOKIES), joined(*OTHER[:2], COOKIES), False)
    yield Pair("one firm's paragraph about itself", joined(*AGENCY[1:4], ABOUT), joined(*OTHER[:3], ABOUT), False)
    yield Pair("a sentence of one release", joined(*AGENCY[3:6], first), joined(*OTHER[1:3], first), False)
    yield Pair("a long report that takes in a paragraph", AGENCY[1], joined(*OTHER, *AGENCY[:2], ABOUT, COOKIES), False)
    yield Pair("an unlike story with the same names", STORY, replaced(
        STORY_ELSEWHERE, ("the Canadian firm", "Acme Systems of Toronto"), ("the plan", "the plan of Grace Wanjiru")
    ), False)  # fmt: skip


def short_texts() -> Iterator[Pair]:
    """Short notes: a few words are the whole difference."""
    note = ("The ministry of defence of {} signed a contract with {} on {} March 2026 for a model that sorts satellite "
            "pictures; neither side would name a price, and the work is to be delivered in two years.")  # fmt: skip
    one = note.format("Kenya", "Acme", 3)
    yield Pair("a short note word for word", one, f"{one}", True)
    yield Pair("a short note with a dateline", one, f"NAIROBI, March 4 (Wire) - {one}", True)
    yield Pair("a short note of other parties", one, note.format("Ghana", "Globex", 17), False)
    yield Pair("a short note of another state", one, note.format("Norway", "Acme", 9), False)
    round_ = "{} raised {} million dollars in a series {} round led by {}, the company said on Monday. It makes {}."
    yield Pair("two rounds in one wording", round_.format("Initech", 40, "A", "Hooli Fund", "chips for robots"),
               round_.format("Zeta", 55, "B", "Hooli Fund", "models for courts"), False)  # fmt: skip
    yield Pair("two rounds of one firm", round_.format("Initech", 40, "A", "Hooli Fund", "chips for robots"),
               round_.format("Initech", 90, "B", "Maple Ventures", "chips for robots"), False)  # fmt: skip


def other_scripts() -> Iterator[Pair]:
    """Chinese, Arabic, Thai, and a translation."""
    chinese, arabic = "".join(CHINESE), " ".join(ARABIC)
    yield Pair("Chinese, first three paragraphs", chinese, "".join(CHINESE[:3]), True)
    yield Pair("Chinese, with an agency's line", chinese, f"新华社内罗毕十一月三日电（记者王明）{chinese}（完）", True)
    yield Pair(
        "Chinese, a Latin name for the firm", chinese, chinese.replace("艾克米系统公司", "Acme Systems公司"), True
    )
    yield Pair("Chinese, another story", chinese, "".join(CHINESE_OTHER), False)
    quoting = "".join((*CHINESE_OTHER[:2], CHINESE[2], CHINESE[3].split("。")[0], *CHINESE_OTHER[2:]))
    yield Pair("Chinese, two sentences quoted", chinese, quoting, False)
    yield Pair("Arabic, first two paragraphs", arabic, " ".join(ARABIC[:2]), True)
    yield Pair("Arabic, other letters for alef and a stretched word", arabic,
               arabic.replace("أ", "ا").replace("إ", "ا").replace("الحكومة", "الحكـومة"), True)  # fmt: skip
    yield Pair("Arabic, one sentence in common", arabic, f"{ARABIC[2].split('،')[0]} {OTHER[0]} {OTHER[1]}", False)
    yield Pair("Thai, without spaces", THAI, f"กรุงเทพฯ - {THAI}", True)
    yield Pair("a translation", STORY, chinese, False)


PAIRS = (*edited_copies(), *other_stories(), *short_texts(), *other_scripts())


def corpus_texts() -> list[str]:
    """The texts of the bundled corpus."""
    lines = (line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
    return [str(json.loads(line)["text"]) for line in lines]
