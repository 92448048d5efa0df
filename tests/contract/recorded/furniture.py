"""The ids that the lab's products, partners, places and people had in the databases that were recorded."""

from collections.abc import Mapping

from tests.contract.recorded.lab import CUSTOMERS, PRODUCTS, VENDORS, Lab

IDS: Mapping[int, Mapping[str, tuple[int, ...]]] = {
    18: {
        "product.product": (50, 51, 52, 53, 54, 59, 60, 61, 63),
        "res.partner": (44, 45, 46, 47),
        "stock.location": (8, 35, 16),
        "res.users": (8, 9, 13),
        "ir.model": (593,),
        "res.company": (1, 2),
    },
    19: {
        "product.product": (57, 58, 59, 60, 61, 66, 67, 68, 70),
        "res.partner": (45, 46, 47, 48),
        "stock.location": (5, 34, 13),
        "res.users": (7, 8, 12),
        "ir.model": (609,),
        "res.company": (1, 3),
    },
}
"""By version and model, in the order of ``_here``."""

SHARED: Mapping[str, tuple[int, ...]] = {
    "product.template": (39, 40, 41),
    "stock.warehouse": (1, 2, 3),
    "stock.picking.type": (7, 1, 2),
    "mail.activity.type": (4,),
    "uom.uom": (1,),
}


def furniture(lab: Lab) -> dict[tuple[str, int], int]:
    """(model, recorded id) to the id here, of what stands in the lab from the beginning."""
    here = _here(lab)
    ids = {**SHARED, **IDS[lab.engine.version]}
    return {(model, there): mine for model in ids for there, mine in zip(ids[model], here[model], strict=True)}


def _here(lab: Lab) -> dict[str, tuple[int, ...]]:
    env = lab.engine.root()
    products = tuple(lab.products[code] for code in PRODUCTS)
    main = env.row("stock.warehouse", lab.warehouses["WH"])
    return {
        "product.product": products,
        "product.template": tuple(env.row("product.product", each)["product_tmpl_id"] for each in products[:3]),
        "res.partner": tuple(lab.partners[name] for name in (*VENDORS, *CUSTOMERS)),
        "stock.location": (lab.stock, lab.east_stock, _scrap(lab)),
        "stock.picking.type": (main["int_type_id"], main["in_type_id"], main["out_type_id"]),
        "stock.warehouse": tuple(lab.warehouses[code] for code in ("WH", "CH", "LE")),
        "res.users": tuple(lab.users[login] for login in ("lab_buyer", "lab_seller", "lab_agent")),
        "res.company": tuple(sorted(lab.engine.table("res.company").rows)),
        "ir.model": tuple(env.search("ir.model", [("model", "=", "sale.order")])),
        "mail.activity.type": (env.ref("mail.mail_activity_data_todo"),),
        "uom.uom": (env.ref("uom.product_uom_unit"),),
    }


def _scrap(lab: Lab) -> int:
    env = lab.engine.root()
    return env.ref("stock.stock_location_scrapped")
