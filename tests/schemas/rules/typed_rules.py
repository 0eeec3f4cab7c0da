"""A transcript of the rules: how sure each is, its level, its messages and its return codes.

Typed from the published lists of rules and of return codes.
"""

from __future__ import annotations

# The grade of each rule in 2.1.
GRADES_21 = {
    "A": """TR002 TR006 TR018 TR061 TR101 TR019 TR056 TR063 TR071 TR074 TR382 TR379 CD005 CD007
        CD009 CD025 CD034 CD041 CD043 CS002 CS003 CS050 CS058 CS089 CS318""",
    "C": """TR137 TR315 TR316 TR335 TR358 TR342 TR326 TR332 TR307 TR308 TR314 TR319 TR321 TR322
        TR333 TR390 TR346 TR378 TR381 CD060 CS325 RS033 RS032 RS037 RS036 RS035 RS017 RS019 RS006
        RS005 RS040 RS045 RS047 RS031""",
    "D": """TR134 TR302 TR383 TR386 TR416 TR347 TR374 TR385 TR304 TR318 TR323 TR338 TR339 TR340
        TR341 TR387 TR388 TR389 TR413 TR414 TR415 TR418 TR366 TR367 TR337 TR135 CD066 CD075 CD077
        CD079 CD087 CS015 CS139 CS319 CS335 CS339 CS340""",
}
# Those of another grade in 2.0: a rule of which 2.0 has no code of its own, and one that it has.
GRADES_20 = {
    "C": """TR101 TR379 CD005 CD007 CD009 CD025 CD034 CD041 CD043 CS002 CS003 CS050 CS058 CS089
        CS318""",
    "A": "TR333",
}
# Rule, place or element, and the grade of a judgement that is not that of its rule.
JUDGED_OTHERWISE = {
    # The keys of these classes are not published.
    ("TR101", "Relatie"): "C",
    ("TR101", "Beperking"): "D",
    ("TR101", "BeperkingScore"): "D",
    ("TR101", "BeschiktProduct"): "D",
    ("TR101", "StartProduct"): "D",
    ("TR101", "StopProduct"): "D",
    # By the number of a decision, where the rule is about that of an assignment.
    ("TR019", "BeschikkingNummer"): "D",
    # 8207 is in both lists for a reference that stands twice in a message.
    ("TR314", "8207"): "A",
    # A message of 2.x without the number of an assignment.
    ("TR307", "2.0 2.1"): "D",
    ("TR308", "2.0 2.1"): "D",
    ("TR321", "2.0 2.1"): "D",
    ("TR322", "2.0 2.1"): "D",
    # Lines of both releases together.
    ("TR322", "with the lines of 2.0 before it at most the assigned volume"): "D",
    ("TR381", "a code of category {Product/Categorie}"): "D",
    ("TR381", "a code of category {ProductCategorie}"): "D",
    ("CS002", "JW321"): "D",
    ("TR378", "-"): "D",
}
IN_MESSAGE = """TR002 TR006 TR018 TR061 TR101 TR134 TR137 TR302 TR315 TR316 TR335 TR358 TR342 TR383
    TR386 TR416"""
EXTERNAL = "TR135 TR346 TR378 TR381"
BY_PREFIX = {"CD": "condition", "CS": "constraint", "RS": "schema"}
TESTED_BY = {
    "schema": """TR304 CS015 RS033 RS032 RS037 RS036 RS035 RS017 RS019 RS006 RS005 RS040 RS045 RS047
        RS031""",
    "nothing": """TR383 TR374 TR385 TR318 TR323 TR338 TR387 TR388 TR389 TR413 TR414 TR415 TR418
        TR367 TR135 CD066 CD075 CD077 CD079 CD087 CS335 CS339 CS340""",
}
# 303 is 323 and 304 is 325 in the list of rules.
MESSAGES = {
    "all": """TR135 TR378 CS015 RS033 RS032 RS037 RS036 RS035 RS017 RS019 RS006 RS005 RS040 RS045
        RS047 RS031""",
    "301 305 307 315": "TR002 TR056 CS139",
    "301 303 305 307 315": "TR101 TR134 TR381",
    "301 303 305 307 315 JW321": "CS002",
    "301": """TR006 TR061 TR302 TR332 TR379 TR385 CD005 CD007 CD009 CD025 CD034 CS050 CS089 CS318
        CS335""",
    "301 315": "CD041 CD075 CD077 CD079 CS003",
    "303": """TR137 TR315 TR316 TR335 TR358 TR416 TR304 TR307 TR308 TR314 TR318 TR319 TR321 TR322
        TR323 TR333 TR338 TR339 TR340 TR341 TR387 TR388 TR389 TR390 TR418 TR346 CD060 CD087 CS319
        CS339 CS340""",
    "303 304": "CS325",
    "304": "TR342 TR366 TR367 TR337",
    "305": "TR071 TR326",
    "305 307": "TR019 TR063 TR074 CS058",
    "307": "TR018 TR382 TR413 TR414 TR415",
    "315": "TR383 TR386 TR347 TR374 CD043 CD066",
}
# A technical rule nnn has 9nnn in both releases, a condition Dnnn and a constraint Snnn in 2.1.
NAMED = """TR002 TR006 TR018 TR061 TR019 TR056 TR063 TR071 TR074 CD005 CD007 CD009 CD025 CD034 CD041
    CD043 CS003 CS050 CS058 CS089 CS318"""
# The codes of the other rules: those of 2.0, those of 2.1.
CODES = {
    "TR101": ("0803 8376", "9101 8376"),
    "TR137": ("0021 8175 8816 8188 8178 8177", "8175 8188 8178 8177"),
    "TR315": ("8269", "8269"),
    "TR316": ("8062", "8062"),
    "TR335": ("8222", "8222"),
    "TR358": ("0150", "0150"),
    # Once TR069 and TR300.
    "TR382": ("9069", "9069"),
    "TR379": ("", "9300"),
    "TR304": ("8187", ""),
    "TR314": ("8207 8021", "8207"),
    "TR319": ("8007", ""),
    "TR323": ("", "8017"),
    "TR333": ("0030", "0030"),
    "TR338": ("0551", ""),
    "TR339": ("1112", ""),
    "TR340": ("1142", ""),
    "TR390": ("", "8854"),
    "TR418": ("0611", ""),
    "TR135": ("8848", "8848"),
    "TR346": ("8215", "8215"),
    "TR378": ("0018 1002", "S300"),
    "CD060": ("8193", "8193"),
    "CS002": ("0399 0435", "S002 0435"),
    "CS015": ("8027", ""),
    # Once TR097.
    "CS139": ("9097", "9097"),
    "CS325": ("8194 8455 8456 8839", "8194 8455 8456 8839"),
}
# The codes of the conditions and constraints in 2.0, by the text of its list.
CODES_20 = {
    "CD005": "0426 0431",
    "CD007": "0403 0402",
    "CD009": "1064 1065",
    "CD025": "0406",
    "CD034": "0431",
    "CD041": "1125 1145",
    "CD043": "4702 1062",
    "CS003": "4703 1120 1175 1065",
    "CS050": "8181 8223",
    "CS058": "0806",
    "CS089": "0431",
}
# Of a rule with several codes, those of a judgement by its class or element; "-" is none.
JUDGED_CODES = {
    ("TR101", "301 305 307 315"): ("0803", "9101"),
    ("TR101", "303"): ("8376", "8376"),
    ("TR101", "Relatie"): ("0803", "9101"),
    ("TR101", "Beperking"): ("0803", "9101"),
    ("TR101", "BeperkingScore"): ("0803", "9101"),
    ("TR101", "BeschiktProduct"): ("0803", "9101"),
    ("TR101", "StartProduct"): ("0803", "9101"),
    ("TR101", "StopProduct"): ("0803", "9101"),
    ("TR137", "Bericht: at_least"): ("0021|8175", "8175"),
    ("TR137", "Bericht: at_most"): ("8816|0021", "-"),
    ("TR137", "ProductPeriode/Einddatum: at_least"): ("8188", "8188"),
    ("TR137", "ProductPeriode/Einddatum: at_most"): ("8178", "8178"),
    ("TR137", "ProductPeriode/Begindatum"): ("8177", "8177"),
    ("TR314", "a reference that no other line of the message has"): ("8207", "8207"),
    ("TR314", "a reference that was not used before"): ("8021", "-"),
    ("CS002", "301 305 307 315"): ("0399|0435", "S002"),
    ("CS002", "303"): ("0435|0399", ""),
    ("CS002", "JW321"): ("0435|0399", ""),
    ("CS003", "Beschikking"): ("4703", ""),
    ("CS003", "BeschiktProduct"): ("1120", ""),
    ("CS003", "ToegewezenProduct"): ("1175", ""),
    ("CS003", "Contact"): ("1065", ""),
    ("TR378", "on each day on which care starts"): ("-", ""),
}
# The date of each message, in the order in which messages of one day are sent: a request comes
# before its assignment, a start before its stop, and a declaration last.
DATES = [
    ("316", "Header/DagtekeningRetour", "1"),
    ("315", "Header/BerichtIdentificatie/Dagtekening", "1"),
    ("302", "Header/DagtekeningRetour", "2"),
    ("301", "Header/BerichtIdentificatie/Dagtekening", "2"),
    ("306", "Header/DagtekeningRetour", "3"),
    ("305", "Header/BerichtIdentificatie/Dagtekening", "3"),
    ("308", "Header/DagtekeningRetour", "4"),
    ("307", "Header/BerichtIdentificatie/Dagtekening", "4"),
    ("304", "Header/RetourHeader/RetourDagtekening", "5"),
    ("303", "Header/DeclaratieFactuurIdentificatie/FactuurDagtekening", "5"),
    ("JW321", "DAGTEKENING FACTUUR", "6"),
    ("JW322", "DAGTEKENING FACTUUR", "6"),
]
# What is kept of the messages of a set, by register: of which messages, what is done with an entry,
# and from where on it counts.
REGISTERS = """
messages: 301 305 307 315, keep, here
clients assigned: 301, keep, here
assignments: 301, keep, here
assigned products: 301, keep, here
assignments without a number: 301, keep, here
assigned to: 301, keep, here
assigned from: 301, latest, here
assigned until: 301, latest, here
assigned volumes: 301, latest, here
assigned from of a decision: 301, least, here
assigned until of a decision: 301, latest, here
assigned volumes of a decision: 301, latest, here
assigned categories: 301, latest, here
assigned codes: 301, latest, here
assigned units: 301, latest, here
declared volumes: 303, add, first
declared volumes: 303, add, here
declared volumes of a decision: 303, add, first
declared volumes of a decision: 303, add, here
declared volumes without a number: 303, add, first
declared volumes without a number: 303, add, here
clients requested: 315, keep, next message
requests: 315, keep, next message
requests without a reference: 315, keep, next message
starts: 305, keep, here
starts: 305, withdraw, first
clients in starts: 305, keep, next message
stops: 307, keep, here
stops: 307, withdraw, first
clients in stops: 307, keep, next message
running starts: 305, keep, next message
running assignments: 305, keep, next message
running starts: 305, withdraw, first
running assignments: 305, withdraw, first
running starts: 307, forget, next message
running assignments: 307, forget, next message
running starts: 307, withdraw, first
running assignments: 307, withdraw, first
lines: 303, keep, next message
declarations: 303, keep, here
declarations sent: 303, sent, here
declarants: 303, sent, here
lines of declarations: 303, sent, here
credited lines: 303, keep, next message
"""
# When a register takes a class, by the start of its line above: its status, its sign or its
# frequency, and the number that it must have.
REGISTERED_WHEN = {
    "starts: 305, keep": "equal(StatusAanlevering, '1')",
    "starts: 305, withdraw": "equal(StatusAanlevering, '3')",
    "stops: 307, keep": "equal(StatusAanlevering, '1')",
    "stops: 307, withdraw": "equal(StatusAanlevering, '3')",
    "running starts: 305, keep": "equal(StatusAanlevering, '1')",
    "running assignments: 305, keep": "equal(StatusAanlevering, '1')",
    "running starts: 305, withdraw": "equal(StatusAanlevering, '3')",
    "running assignments: 305, withdraw": "equal(StatusAanlevering, '3')",
    "running starts: 307, forget": "equal(StatusAanlevering, '1')",
    "running assignments: 307, forget": "equal(StatusAanlevering, '1')",
    "running starts: 307, withdraw": "equal(StatusAanlevering, '3')",
    "running assignments: 307, withdraw": "equal(StatusAanlevering, '3')",
}
