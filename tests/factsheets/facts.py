"""The figures that the portal's own content states, read anew from the sources and not from the seeds."""

from decimal import Decimal
from typing import NamedTuple

EATG_2017 = "http://www.eatg.org/news/key-populations-are-being-left-behind/"
UNAIDS_2018 = "https://www.unaids.org/en/resources/presscentre/featurestories/2019/november/20191105_key-populations"
UNAIDS_2019 = (
    "https://unaids.org/en/resources/presscentre/featurestories/2020/september/"
    "20200928_new-hiv-infections-increasingly-among-key-populations"
)
UNAIDS_TOPIC = "https://www.unaids.org/en/topic/key-populations"
UNAIDS_2024 = (
    "https://www.unaids.org/en/resources/documents/2024/"
    "global-AIDS-targets-2025-for-people-who-use-drugs-where-are-we-now"
)
BE_IN_THE_KNOW = "https://www.beintheknow.org/news-and-blogs/decriminalising-lgbt-people-global-report-highlights-progress-and-peril"
HIV_POLICY_LAB = "https://www.hivpolicylab.org/publications/global-hiv-policy-lab-report/"
ALL_AFRICA = "https://allafrica.com/stories/202305160191.html"
WHO_PRISONS = "http://origin.who.int/hiv/topics/prisons/en/"
UNODC_PRISONS = "http://www.unodc.org/unodc/en/hiv-aids/more-about-prison-settings.html"
UNODC_HIV = "http://www.unodc.org/unodc/en/hiv-aids/"
PENAL_REFORM = "https://www.penalreform.org/issues/healthcare/cso-group-on-health-in-prison"
DRUG_POLICY_FACTS = "https://www.drugpolicyfacts.org/node/4278"
IOM = "https://www.iom.int/"


class Fact(NamedTuple):
    """One figure as its source has it."""

    code: str
    year: int | None
    value: str | None
    unit: str
    address: str
    qualifier: str = ""
    low: str | None = None
    high: str | None = None
    out_of: str | None = None

    def numbers(self) -> tuple[Decimal | None, ...]:
        """Return value, range and whole."""
        return tuple(n if n is None else Decimal(n) for n in (self.value, self.low, self.high, self.out_of))


FACTS = [
    Fact("risk-law-2017", 2017, "28", "times", EATG_2017),
    Fact("risk-drug-policy-2017", 2017, "22", "times", EATG_2017),
    Fact("risk-at-work-2017", 2017, "13", "times", EATG_2017),
    Fact("risk-recognition-2017", 2017, "13", "times", EATG_2017),
    Fact("risk-law-2018", 2018, "22", "times", UNAIDS_2018),
    Fact("risk-drug-policy-2018", 2018, "22", "times", UNAIDS_2018),
    Fact("risk-at-work-2018", 2018, "21", "times", UNAIDS_2018),
    Fact("risk-recognition-2018", 2018, "12", "times", UNAIDS_2018),
    Fact("share-outside-sub-saharan-africa-2016", 2016, "80", "percent", UNAIDS_TOPIC),
    Fact("share-sub-saharan-africa-2016", 2016, "25", "percent", UNAIDS_TOPIC),
    Fact("share-world-2017", 2017, "47", "percent", EATG_2017, "about"),
    Fact("share-world-2019", 2019, "62", "percent", UNAIDS_2019),
    Fact("prevalence-drug-policy-2022", 2022, "5", "percent", UNAIDS_2024, low="0", high="51"),
    Fact("prevalence-ratio-drug-policy-2022", 2022, "7", "times", UNAIDS_2024),
    Fact("prevalence-drug-policy-men-2022", 2022, "9", "percent", UNAIDS_2024),
    Fact("prevalence-drug-policy-women-2022", 2022, "15", "percent", UNAIDS_2024),
    Fact("prevalence-recognition-2022", 2022, "10.3", "percent", BE_IN_THE_KNOW),
    Fact("prevalence-law-2022", 2022, "7.5", "percent", BE_IN_THE_KNOW),
    Fact("prevalence-adults-2022", 2022, "0.7", "percent", BE_IN_THE_KNOW),
    Fact("prevalence-prison", None, "3", "percent", WHO_PRISONS),
    Fact("prevalence-ratio-prison", None, "15", "times", WHO_PRISONS, "up-to"),
    Fact("fishing-communities-people-uganda", None, "130000", "people", IOM, "about"),
    Fact("fishing-communities-ratio-uganda", None, None, "times", IOM, low="3", high="4"),
    Fact("countries-not-criminalising-2022", 2022, "129", "countries", HIV_POLICY_LAB, out_of="194"),
    Fact("countries-criminalising-2023", 2023, "67", "countries", ALL_AFRICA),
    Fact("countries-against-recognition-2023", 2023, "20", "countries", ALL_AFRICA),
    Fact("prevalence-ratio-criminalised-2023", 2023, "5", "times", ALL_AFRICA),
    Fact("prevalence-ratio-prosecuted-2023", 2023, "12", "times", ALL_AFRICA),
    Fact("needle-programmes-prison", None, "5", "percent", WHO_PRISONS, "about"),
    Fact("substitution-therapy-prison", None, "1", "countries", WHO_PRISONS, out_of="3"),
    Fact("condoms-prison", None, "28", "countries", WHO_PRISONS),
    Fact("prison-any-time", None, "10000000", "people", UNODC_PRISONS, "more-than"),
    Fact("prison-in-a-year", None, "30000000", "people", UNODC_PRISONS, "more-than"),
    Fact("target-punitive-laws-2025", 2021, "10", "percent", DRUG_POLICY_FACTS, "fewer-than"),
    Fact("cso-group-organisations-2022", 2022, "50", "organisations", PENAL_REFORM, "more-than"),
    Fact("first-meeting-organisations-2020", 2020, "26", "organisations", UNODC_HIV),
    Fact("iom-countries-since-2010", None, "57", "countries", IOM),
    Fact("iom-spending-since-2010", None, "95000000", "usd", IOM, "about"),
    Fact("iom-fast-track-countries-2017", 2017, "9", "countries", IOM, out_of="35"),
]
