"""The words for every code of the closed lists (db.vocabulary), as pages show them."""

KINDS = {
    "contract": "Contract",
    "partnership": "Partnership",
    "funding": "Funding",
    "infrastructure": "Infrastructure",
    "export_control": "Export control",
    "restriction": "Restriction",
}
STAGES = {
    "rumoured": "Rumoured",
    "announced": "Announced",
    "signed": "Signed",
    "delivered": "Delivered",
    "suspended": "Suspended",
    "cancelled": "Cancelled",
}
ROLES = {
    "suppliers": ("Supplier", "Suppliers"),
    "buyers": ("Buyer", "Buyers"),
    "partners": ("Partner", "Partners"),
    "investors": ("Investor", "Investors"),
    "recipients": ("Recipient", "Recipients"),
    "builders": ("Builder", "Builders"),
    "hosts": ("Host", "Hosts"),
    "authorities": ("Authority", "Authorities"),
    "targets": ("Target", "Targets"),
}
TECHNOLOGIES = {
    "foundation-model": "Foundation models",
    "cloud-compute": "Cloud and compute",
    "data-centre": "Data centres",
    "chips": "Chips",
    "surveillance": "Surveillance",
    "smart-city": "Smart cities",
    "public-services": "Public services",
    "defence": "Defence",
    "education": "Education",
    "health": "Health",
    "robotics": "Robotics",
    "connectivity": "Connectivity",
    "other": "Other technology",
}
ACTOR_KINDS = {
    "company": "Company",
    "state-owned-enterprise": "State-owned enterprise",
    "government": "Government",
    "agency": "Agency",
    "fund": "Fund",
    "research": "Research body",
    "multilateral": "Multilateral body",
    "programme": "Programme",
}
STANCES = {"asserts": "Says so", "denies": "Denies it", "disputes": "Disputes it"}
BOUNDS = {"exact": "", "at_least": "at least", "up_to": "up to", "about": "about", "range": ""}
REVIEWS = {
    "confirmed": "Confirmed by a second reader",
    "corrected": "Corrected by a second reader",
    "source not found again": "Source not found again",
    "doubtful": "Doubtful on second reading",
}
REVIEWS_SHORT = {
    "confirmed": "Confirmed",
    "corrected": "Corrected",
    "source not found again": "Source not found",
    "doubtful": "Doubtful",
}
NOT_REVIEWED = "Not yet checked by a second reader"
