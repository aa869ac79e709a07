"""Numbers that the seeded factsheets may state without a figure: the words around each, and why."""

RULE = "The number of an article, a rule or a document, by which readers find it."
GUIDANCE = "The year of guidance that the text names; it says when, not how much."
RULING = "The year of a ruling or a law before the one that the case is about."
DAY = "The day of the meeting that the text is about."
CLOCK = "A medical rule about the hours within which prophylaxis has to begin, no evidence on a population."
AGES = "The ages of the people whom the figure beside it is compared with."
WHOLE = "The whole of the proportion; a code writes the part alone."
HOUSE = "A kind of housing; it counts nothing."

ALLOWED = {
    "article 17": RULE,
    "article 26": RULE,
    "Resolution 275": RULE,
    "Principle 3 of": RULE,
    "Principle 31": RULE,
    "OC-24/17": RULE,
    "Rule 24": RULE,
    "Rule 27": RULE,
    "Rule 14": RULE,
    "No. 200": RULE,
    "n° 200": RULE,
    "A/71/L.1": RULE,
    "guide in 2009, revised in 2012": GUIDANCE,
    "In 2012 United Nations bodies": GUIDANCE,
    "essential medicines since 2005": GUIDANCE,
    "list of diseases in 1990": GUIDANCE,
    "Since 1990 the World Health Organization": GUIDANCE,
    "In 2023 the United Nations working group": GUIDANCE,
    "In 2023 a working group": GUIDANCE,
    "En 2023, le groupe de travail": GUIDANCE,
    "En 2023, un groupe de travail": GUIDANCE,
    "In 2003 the same court": RULING,
    "En 2003, elle avait refusé": RULING,
    "Since 2003 people in a poor part": RULING,
    "Depuis 2003, dans un quartier": RULING,
    "In 2008 the minister": RULING,
    "En 2008, le ministre": RULING,
    "28 October": DAY,
    "28 octobre": DAY,
    "within 72 hours": CLOCK,
    "dans les 72 heures": CLOCK,
    "aged 15 to 49": AGES,
    "de 15 à 49 ans": AGES,
    "country out of three": WHOLE,
    "Half-way": HOUSE,
    "half-way": HOUSE,
}
