"""The closed lists of the tracker: kinds of claim, roles, stages, stances, bounds, actors.

Every list is fixed by the input format (pipeline/corpus/FORMAT.md); the database checks them too.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of act a claim reports."""

    CONTRACT = "contract"
    PARTNERSHIP = "partnership"
    FUNDING = "funding"
    INFRASTRUCTURE = "infrastructure"
    EXPORT_CONTROL = "export_control"
    RESTRICTION = "restriction"


class Role(StrEnum):
    """The part that an actor has in an act."""

    SUPPLIERS = "suppliers"
    BUYERS = "buyers"
    PARTNERS = "partners"
    INVESTORS = "investors"
    RECIPIENTS = "recipients"
    BUILDERS = "builders"
    HOSTS = "hosts"
    AUTHORITIES = "authorities"
    TARGETS = "targets"


ROLES_OF_KIND: dict[Kind, tuple[Role, ...]] = {
    Kind.CONTRACT: (Role.SUPPLIERS, Role.BUYERS),
    Kind.PARTNERSHIP: (Role.PARTNERS,),
    Kind.FUNDING: (Role.INVESTORS, Role.RECIPIENTS),
    Kind.INFRASTRUCTURE: (Role.BUILDERS, Role.HOSTS),
    Kind.EXPORT_CONTROL: (Role.AUTHORITIES, Role.TARGETS),
    Kind.RESTRICTION: (Role.AUTHORITIES, Role.TARGETS),
}
"""The roles that fit each kind, the acting side first."""


class Stage(StrEnum):
    """How far an act has come: a ladder of four rungs and two side exits."""

    RUMOURED = "rumoured"
    ANNOUNCED = "announced"
    SIGNED = "signed"
    DELIVERED = "delivered"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


LADDER: tuple[Stage, ...] = (Stage.RUMOURED, Stage.ANNOUNCED, Stage.SIGNED, Stage.DELIVERED)
SIDE_EXITS: tuple[Stage, ...] = (Stage.SUSPENDED, Stage.CANCELLED)


DISPUTED_ONLY = "only disputing reports give a figure"
"""The amount rule of a figure that nobody asserts: it stays visible, and is added to nothing."""


class Stance(StrEnum):
    """Whether the source asserts the act, denies it, or disputes part of it."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DISPUTES = "disputes"


class Bound(StrEnum):
    """How an amount is meant to be read."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    ABOUT = "about"
    RANGE = "range"


class Technology(StrEnum):
    """What is bought, built, paid for or restricted."""

    FOUNDATION_MODEL = "foundation-model"
    CLOUD_COMPUTE = "cloud-compute"
    DATA_CENTRE = "data-centre"
    CHIPS = "chips"
    SURVEILLANCE = "surveillance"
    SMART_CITY = "smart-city"
    PUBLIC_SERVICES = "public-services"
    DEFENCE = "defence"
    EDUCATION = "education"
    HEALTH = "health"
    ROBOTICS = "robotics"
    CONNECTIVITY = "connectivity"
    OTHER = "other"


class ActorKind(StrEnum):
    """What sort of body an actor is."""

    COMPANY = "company"
    STATE_OWNED_ENTERPRISE = "state-owned-enterprise"
    GOVERNMENT = "government"
    AGENCY = "agency"
    FUND = "fund"
    RESEARCH = "research"
    MULTILATERAL = "multilateral"
    PROGRAMME = "programme"


class CapacityUnit(StrEnum):
    """Units of capacity that sources give for compute."""

    MEGAWATT = "MW"
    GPU = "GPU"


class Verdict(StrEnum):
    """A person's decision on a pair of claims or actors."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    OWNS = "owns"
    OWNED_BY = "owned_by"


ON_ACTORS_ONLY = (Verdict.OWNS, Verdict.OWNED_BY)
"""The verdicts that say which actor of a pair owns the other: no claim owns another."""


class Check(StrEnum):
    """What a second reader found when looking for an article's source again."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    NOT_FOUND = "source not found again"
    DOUBTFUL = "doubtful"


class Bloc(StrEnum):
    """The home of a supplier in the contest for government business."""

    UNITED_STATES = "United States"
    CHINA = "China"
    EUROPE = "Europe"
    GULF = "Gulf"
    OTHER = "Other"
