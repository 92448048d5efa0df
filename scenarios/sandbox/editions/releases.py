"""How one release of Odoo behaves where another does otherwise: the sandbox asks here, and never for a number."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """One Odoo version by what it does."""

    version: int
    validates_twice: bool
    """A transfer that is done may be validated again, and nothing happens; else it is refused."""
    cancels_received_orders: bool
    """A purchase order may be cancelled although goods have come; else the receipts are named."""
    cancels_locked_orders: bool
    """A locked purchase order may be cancelled; else it must be unlocked first."""
    locks_by_state: bool
    """A locked purchase order has the state ``done``; else it stays a ``purchase`` and has a field ``locked``."""
    returns_what_is_too_much: bool
    """An order line may go below what was received, and an open receipt becomes a return; else it is refused."""
    counts_expired_lots: bool
    """Free and forecast stock count lots that are past the day they were to be removed, though nobody holds them."""
    reads_domains_first: bool
    """What is no search domain is told as such; else the search stumbles over it."""
    ignores_unstored_conditions: bool
    """A search by a field that is not stored finds everything; else it is refused."""
    asks_before_cancelling_sales: bool
    """Cancelling a confirmed sale opens a window first and does nothing."""
    discounts_locked_sales: bool
    """The discount of a locked sale may be changed."""
    reschedules_ended_transfers: bool
    """The planned day of a done or cancelled transfer may be written."""
    keeps_done_activities: bool
    """An activity that was done is archived, whatever its kind; else only where the kind keeps them."""
    answers_with_records: bool
    """Posting a message and scheduling an activity answer with a list of ids."""
    posts_without_address: bool
    """A user without an e-mail address may post on a document."""
    names_moves: bool
    """A stock move has a description that must be given."""
    moves_know_their_purchases: bool
    """A stock move knows the purchases made for it, which are looked at when it is confirmed."""
    vendors_have_units: bool
    """A vendor's price is for a unit of its own; else for the unit that the product is bought in."""
    keeps_typed_prices: bool
    """An order line whose price somebody typed is not priced again when its quantity changes."""
    packs_are_units: bool
    """A reordering rule orders in whole units of one that it names, above its maximum too; else in multiples below."""
    flat_places: bool
    """Vendors, customers and losses are places of their own, under none."""
    refuses_low_maximum: bool
    """A rule's maximum may not be written below its minimum; else it takes the minimum along."""
    jokes_about_nothing: bool
    """Validating nothing and deleting what is done are refused with a joke."""
    scraps_as_loss: bool
    """What is scrapped goes to the place of inventory losses; else there is a place for scrap."""
    narrow_catalogue: bool
    """Products and prices are changed only by whoever may create products; else by every administrator."""
    days_begin_where_people_are: bool
    """A moment compared with a day is compared with midnight where the person is; else with midnight in UTC."""
    renames_groups: bool
    """Groups are called by what they are a privilege of."""
    windows_have_addresses: bool
    """What opens a window names its path in the address bar, who sees it by ``group_ids``, and what it is called."""
    tells_labels: bool
    """A value that is missing and a link to nothing are told by what field and model are called on screen."""
    buys_by_vendor: bool
    """Of a product without any vendor nothing is bought: no rule is found for it; else no price is."""
    frees_activities: bool
    """An activity may be about no document, and one about a document that is not there is refused for security."""
    assigns_activities: bool
    """An activity that names nobody is for whoever makes it; else it is for nobody yet."""
    bills_nothing: bool
    """An order of which nothing came is billed with an empty draft; else it is refused."""
    prints_any_order: bool
    """A purchase order that is printed counts as a sent request, whatever it was; else only a draft does."""
    finds_places_by_path: bool
    """A place that is asked for by words is found by a part of its whole path; else of its own name alone."""
    fault_code: int
    """The code of a fault in the envelope of JSON-RPC."""


ODOO_18 = Release(
    version=18,
    validates_twice=False,
    cancels_received_orders=False,
    cancels_locked_orders=True,
    locks_by_state=True,
    returns_what_is_too_much=False,
    counts_expired_lots=True,
    reads_domains_first=False,
    ignores_unstored_conditions=True,
    asks_before_cancelling_sales=True,
    discounts_locked_sales=True,
    reschedules_ended_transfers=False,
    keeps_done_activities=False,
    answers_with_records=False,
    posts_without_address=False,
    names_moves=True,
    moves_know_their_purchases=False,
    vendors_have_units=False,
    keeps_typed_prices=False,
    packs_are_units=False,
    flat_places=False,
    refuses_low_maximum=False,
    jokes_about_nothing=False,
    scraps_as_loss=False,
    narrow_catalogue=False,
    days_begin_where_people_are=False,
    renames_groups=False,
    windows_have_addresses=False,
    tells_labels=False,
    buys_by_vendor=False,
    frees_activities=False,
    assigns_activities=True,
    bills_nothing=False,
    prints_any_order=True,
    finds_places_by_path=True,
    fault_code=200,
)

ODOO_19 = Release(
    version=19,
    validates_twice=True,
    cancels_received_orders=True,
    cancels_locked_orders=False,
    locks_by_state=False,
    returns_what_is_too_much=True,
    counts_expired_lots=False,
    reads_domains_first=True,
    ignores_unstored_conditions=False,
    asks_before_cancelling_sales=False,
    discounts_locked_sales=False,
    reschedules_ended_transfers=True,
    keeps_done_activities=True,
    answers_with_records=True,
    posts_without_address=True,
    names_moves=False,
    moves_know_their_purchases=True,
    vendors_have_units=True,
    keeps_typed_prices=True,
    packs_are_units=True,
    flat_places=True,
    refuses_low_maximum=True,
    jokes_about_nothing=True,
    scraps_as_loss=True,
    narrow_catalogue=True,
    days_begin_where_people_are=True,
    renames_groups=True,
    windows_have_addresses=True,
    tells_labels=True,
    buys_by_vendor=True,
    frees_activities=True,
    assigns_activities=False,
    bills_nothing=True,
    prints_any_order=False,
    finds_places_by_path=False,
    fault_code=0,
)

RELEASES: Mapping[int, Release] = {18: ODOO_18, 19: ODOO_19}
