"""The exceptions that are in the demo world on purpose, each with the answer that is right."""

from collections.abc import Mapping

from scenarios.worlds.known import Coming, Known, Position, Sold

DAYS = 1 / 7
PLENTY = 26.0
"""Weeks: enough to give some away."""

KNOWN: Mapping[str, Known] = {
    "transfer-small": Known(
        "20723",
        "STH",
        "transfer",
        "Leicester has plenty: a small transfer that policy may do by itself",
        {"STH": Position(3 * DAYS), "WH": Position(PLENTY)},
    ),
    "transfer-large": Known(
        "22423",
        "NTH",
        "transfer",
        "Leicester has plenty, but the amount needs a person",
        {"NTH": Position(3 * DAYS, sold=(Sold(400, 9),)), "WH": Position(2 * PLENTY)},
    ),
    "rfq-small": Known(
        "22771",
        "WH",
        "rfq",
        "7 are short, packs of 12, at least 24: an RFQ for 24",
        {"WH": Position(13, sold=(Sold(20, 12),), units=True)},
    ),
    "rfq-large": Known(
        "22605",
        "WH",
        "rfq",
        "nobody else stocks it and the order is above the limit: an RFQ for a person",
        {"WH": Position(2.0, sold=(Sold(400, 13),))},
    ),
    "trough": Known(
        "22424",
        "WH",
        "transfer",
        "40 are short from day 10 to day 20 though the end balance is 200: a transfer from Leeds",
        {
            "WH": Position(60, coming=(Coming(240, 20),), sold=(Sold(100, 10),), units=True),
            "NTH": Position(120, units=True),
        },
    ),
    "postponed": Known(
        "21931",
        "WH",
        "no exception",
        "below its reorder point, yet a postponed order arrives in time: nothing must be ordered again",
        {"WH": Position(3.5, coming=(Coming(10.0, 12, postponed=9),))},
    ),
    "donor-short": Known(
        "22699",
        "NTH",
        "rfq",
        "Leicester would fall below its own reorder point: buy",
        {"NTH": Position(2 * DAYS), "WH": Position(3.6, coming=(Coming(8.0, 10),))},
    ),
    "dozens": Known(
        "21668",
        "WH",
        "rfq",
        "counted in units, bought by the dozen: an RFQ in whole dozens",
        {"WH": Position(3 * DAYS)},
    ),
    "dollars": Known(
        "47566",
        "WH",
        "rfq",
        "the vendor quotes in USD: an RFQ whose value is judged in GBP",
        {"WH": Position(4 * DAYS)},
    ),
    "expiring-lot": Known(
        "22551",
        "WH",
        "rfq",
        "most of the free stock is in a lot that expires before the delivery",
        {"WH": Position(0, lots=((280, 4), (30, 300)), sold=(Sold(120, 10),))},
    ),
    "second-company": Known(
        "22697",
        "UTR",
        "rfq",
        "short in the second company; stock of the first is not for transfer",
        {"UTR": Position(2 * DAYS), "WH": Position(PLENTY), "NTH": Position(PLENTY)},
    ),
    "late-receipt": Known(
        "22960",
        "WH",
        "nothing",
        "the covering order is overdue and an order of today waits: nothing must be ordered again",
        {"WH": Position(1 * DAYS, coming=(Coming(8.0, -5),), sold=(Sold(60, 0),))},
    ),
    "transfer-lunch-box": Known(
        "22629", "NTH", "transfer", "a transfer from Leicester", {"NTH": Position(2 * DAYS), "WH": Position(PLENTY)}
    ),
    "transfer-jumbo-bag": Known(
        "22386",
        "STH",
        "transfer",
        "a transfer from Leicester or Leeds",
        {"STH": Position(2 * DAYS), "WH": Position(PLENTY), "NTH": Position(PLENTY)},
    ),
    "second-company-order": Known(
        "20725",
        "UTR",
        "rfq",
        "a promised order cannot be met in the second company",
        {"UTR": Position(1.5, sold=(Sold(240, 12),)), "WH": Position(PLENTY)},
    ),
    "two-at-once": Known(
        "22090",
        "NTH",
        "both",
        "Leicester can spare a part and the vendor sends the rest: two people are asked, each for their own part",
        {"NTH": Position(2 * DAYS, sold=(Sold(1400, 1),)), "WH": Position(12)},
    ),
    "drafted": Known(
        "21915",
        "WH",
        "confirm",
        "somebody drafted the request and nobody sent it: confirm it, and ask for nothing more",
        {"WH": Position(1.5, coming=(Coming(10, 10, drafted=True),))},
    ),
    "hurry": Known(
        "22326",
        "WH",
        "expedite",
        "the vendor moved the order by a week: have the buyer call before anything is bought twice",
        {"WH": Position(0.3, coming=(Coming(10, 10, postponed=7),), sold=(Sold(200, 5),))},
    ),
    "tiers": Known(
        "48184",
        "WH",
        "reallocate",
        "all is reserved for a later order of a customer of tier C while one of tier A waits: ask to give it to A",
        {"WH": Position(40, coming=(Coming(60, 14),), sold=(Sold(40, 12, "C"), Sold(30, 5)), units=True)},
    ),
    "promise": Known(
        "20711",
        "WH",
        "promise",
        "the goods are certain to come, twelve days late: ask to promise the customer that day",
        {"WH": Position(0, coming=(Coming(120, 24),), sold=(Sold(120, 12),), units=True)},
    ),
    "never-sold": Known(
        "22844",
        "WH",
        "minimum",
        "its rule wants 24 and nobody ever bought one: ask to lower the rule, buy nothing",
        {"WH": Position(10, units=True, kept=(24, 48))},
    ),
}
