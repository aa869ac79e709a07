"""The subject's own words: no list may make anybody wait for using them."""

import re

# English, French, Spanish, Russian, Arabic, Chinese.
WORDS = """
aids, anal, anal sex, anus, condom, condoms, drug, drugs, drug user, gay, gays, heroin, hiv,
homosexual, injection, lesbian, lube, methadone, migrant, msm, needle, needles, naloxone, opioid,
oral sex, penis, prep, prison, prisoner, prostitute, prostitutes, prostitution, queer, rape, sex,
sex work, sex worker, sex workers, sexual, std, sti, stigma, suicide, syphilis, syringe, trans,
transgender, vagina, violence,
aiguille, drogue, drogues, héroïne, homosexuel, préservatif, préservatifs, prison, prostituée,
prostituées, seringue, sexe, sexuel, sida, toxicomane, travail du sexe, travailleuse du sexe, vih,
viol,
aguja, cárcel, condón, condones, droga, drogas, heroína, jeringa, jeringuilla, preservativo,
prisión, prostituta, prostitutas, prostitución, sexo, trabajadora sexual, trabajo sexual,
transgénero, trans, vih, sida, violación,
анальный, вич, гей, геи, героин, игла, изнасилование, зэк, наркоман, наркотик, наркотики,
презерватив, презервативы, проститутка, проституция, секс, секс-работа, секс-работница, спид,
трансгендер, тюрьма, шприц,
إبرة, اغتصاب, الإيدز, إيدز, الجنس, جنس, حقنة, سجن, عابر, عابرة جنسيا, عمل الجنس, مثلي, مخدرات,
هيروين, واقي ذكري, دعارة,
艾滋, 艾滋病, 安全套, 避孕套, 同性恋, 变性, 跨性别, 毒品, 海洛因,
针头, 注射器, 监狱, 性, 性工作, 性工作者, 卖淫, 肛交, 强奸
"""
VOCABULARY = frozenset(re.split(r",\s+", WORDS.strip()))
