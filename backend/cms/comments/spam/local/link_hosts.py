"""Where links lead: shortened addresses, odd hosts, and those that name what they sell."""

import re
from typing import Final

from cms.comments.spam.local.addresses import Link, find_foreign_links
from cms.comments.spam.message import Message, Reason

CODE = "link_host"
_SHORTENERS: Final = frozenset({
    "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly",
    "cutt.ly", "shorturl.at", "rb.gy", "t.ly", "v.gd", "s.id", "adf.ly", "bc.vc", "ouo.io",
    "shrinke.me", "linktr.ee", "tiny.cc", "soo.gd", "clck.ru", "vk.cc", "u.to",
})  # fmt: skip
# Endings that cost next to nothing, or name a trade.
_ODD_ENDINGS: Final = frozenset({
    "xyz", "top", "click", "icu", "buzz", "loan", "bid", "win", "vip", "casino", "bet", "poker",
    "porn", "sex", "xxx", "adult", "cfd", "sbs", "cyou", "rest", "monster", "quest", "lol",
    "tk", "ml", "ga", "cf", "gq", "work", "date", "review", "trade", "stream", "download",
    "men",
})  # fmt: skip
# What such hosts sell. Parts of a host's name, so only words that hardly stand in others.
_TRADES: Final = re.compile(
    r"casino|slots?\b|poker|betting|jackpot|lottery|viagra|cialis|levitra|pharm(?:acy|a)?rx|"
    r"rxonline|pills|steroid|escort|porn|sexcam|webcam|hotgirl|dating|hookup|loans?\b|payday|"
    r"credit-?repair|forex|crypto|bitcoin|btc|trading|invest|essay|homework|assignment|"
    r"termpaper|replica|rolex|vuitton|jersey|sneakers|seo|backlink|linkbuild|followers|traffic|"
    r"iptv|torrent|crack|keygen|vpn|vape|kratom|keto|slimming|diet-?pill|coupon|promo-?code|"
    r"spell|herbal"
)
# The same more weakly: shops and agencies by their names, and pages where something is ordered.
_SHOPS: Final = re.compile(
    r"shop|store|deals|buy|cheap|discount|outlet|promo|bonus|marketing|agency|digital|rental|"
    r"travel|tours|realty|supplement|nutrition|wholesale|offers?|coupons?"
)
_ORDERS: Final = re.compile(
    r"/(?:shop|store|buy|order|deals?|products?|offers?|promo|join|go|register|signup|sign-up|demo|"
    r"pricing|checkout|cart|bonus|gift|claim|free|sale)(?:[/?#.-]|$)",
    re.IGNORECASE,
)
# Who placed the link earns by it.
_REFERRAL: Final = re.compile(r"[?&](?:ref|aff|affid|affiliate|partner|pid|via)=")
_NUMBER_HOST: Final = re.compile(r"[\d.]+|\[?[0-9a-f:]+\]?")


def check(message: Message) -> Reason | None:
    """The worst of the hosts."""
    reasons = map(_judge, find_foreign_links(message.text, message.page_url))
    return max(
        (reason for reason in reasons if reason), key=lambda reason: reason.weight, default=None
    )


def _judge(link: Link) -> Reason | None:
    host = link.host
    if _TRADES.search(host):
        return Reason(CODE, f"Links to a site whose name sells something: {host[:60]}", 6)
    if _REFERRAL.search(link.text):
        return Reason(CODE, "Has a link by which the sender earns money", 7)
    if host in _SHORTENERS:
        return Reason(CODE, f"Links to a shortened address, which hides where it leads: {host}", 4)
    ending = host.rpartition(".")[2]
    is_odd = ending in _ODD_ENDINGS or host.count("-") >= 3 or "xn--" in host
    if is_odd or _NUMBER_HOST.fullmatch(host):
        return Reason(CODE, f"Links to a site with an odd name: {host[:60]}", 4)
    if _SHOPS.search(host) or _ORDERS.search(link.text):
        return Reason(CODE, f"Links to where something is sold: {host[:60]}", 3)
    return None
