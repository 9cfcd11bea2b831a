"""What each sample objective's counts look like. Names are those of the definitions; a test compares them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """One objective's traffic and troubles; `level` is its average of events a minute."""

    objective: str
    level: int
    rhythm: str
    utc_offset: int  # whole hours: where its users live
    background: float  # share of events that always fails
    incidents_a_week: float
    largest: float  # cost of an incident at most, in minutes of full outage
    longest: int  # minutes; what counts where slices are judged


PROFILES = (
    Profile("checkout-availability", 600, "shopping", 1, 0.00018, 0.3, 6, 60),
    Profile("card-auth-availability", 420, "shopping", 1, 0.00012, 0.3, 6, 60),
    Profile("bank-gateway-availability", 240, "shopping", 1, 0.0003, 0.5, 14, 120),
    Profile("fraud-check-latency", 500, "shopping", 1, 0.0017, 0.4, 12, 120),
    Profile("invoice-availability", 30, "office", 1, 0.0002, 0.5, 12, 90),
    Profile("ledger-export-freshness", 12, "steady", 0, 0.0005, 0.7, 20, 20),
    Profile("payout-latency", 14, "daylight", 1, 0.008, 0.1, 6, 60),
    Profile("wallet-availability", 150, "shopping", 1, 0.0004, 0.9, 30, 35),
    Profile("listing-availability", 3000, "browsing", 0, 0.0006, 0.6, 20, 240),
    Profile("listing-latency", 2900, "browsing", 0, 0.003, 0.5, 40, 360),
    Profile("order-export-freshness", 24, "steady", 0, 0.0005, 0.7, 45, 50),
    Profile("cart-availability", 1400, "shopping", 0, 0.00016, 0.3, 2, 30),
    Profile("login-availability", 350, "daylight", 2, 0.0002, 0.4, 6, 60),
    Profile("token-latency", 6000, "daylight", 1, 0.0014, 0.4, 8, 90),
    Profile("sign-up-availability", 5, "counter", 5, 0.002, 0.4, 60, 360),
    Profile("sms-delivery", 60, "daylight", 5, 0.0008, 0.3, 10, 90),
    Profile("tracking-availability", 800, "browsing", -5, 0.0008, 0.5, 25, 240),
    Profile("stock-freshness", 40, "steady", 0, 0.0005, 0.7, 20, 20),
    Profile("label-latency", 8, "counter", -5, 0.0206, 0.2, 15, 120),
    Profile("payments-db-availability", 900, "shopping", 1, 0.0001, 0.2, 6, 6),
    Profile("event-stream-freshness", 60, "steady", 0, 0.0004, 0.8, 10, 9),
    Profile("report-freshness", 20, "steady", 0, 0.0012, 0.9, 90, 360),
    Profile("nightly-load-success", 6, "overnight", 0, 0.003, 0.3, 15, 60),
    Profile("search-latency", 2400, "browsing", 1, 0.0042, 0.5, 30, 240),
)
