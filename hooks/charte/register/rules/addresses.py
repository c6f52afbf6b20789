"""Rules about addresses: public, safe to follow, and nobody's private ones."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit, urlunsplit

from charte.register.document import Path
from charte.register.rules.subject import Finding, Subject
from charte.register.source import quoted
from charte.register.writing import written

# Names that never lead out of a network (RFC 2606, RFC 6761, RFC 6762, RFC 8375).
_LOCAL = ("localhost", "local", "internal", "lan", "home.arpa", "test", "invalid")
# Of ASCII's signs a name has « - » and « _ »; a browser reads « %2e » and « 。 » as dots.
_LABEL = r"(?!-)[^\s!-,./:-@\[-^`{-~\u3002\uff0e\uff61]+(?<!-)"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})+")
_TOP_LEVEL = re.compile(r"[^\W\d_]{2,}|xn--[a-z0-9-]+")
# Each run of signs is tried from its start alone, so that the search stays linear.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+")
_WEB = re.compile(r"(?:https?:|www\.)\S+", re.IGNORECASE)
# French numbers, national or international, grouped as people group them.
_TELEPHONE = re.compile(r"(?<![\w/])(\+33[ .]?\(?0?\)?[ .]?|0)[1-9]([ .-]?\d{2}){4}(?![\w/])")


def _addresses(subject: Subject) -> Iterator[tuple[Path, SplitResult, str]]:
    """Give the https addresses of the data with their hosts; others are the model's affair."""
    for path, text in subject.texts:
        if path[-1] not in {"website", "url"} or not text.startswith("https://"):
            continue
        try:
            parts = urlsplit(text)
            yield path, parts, parts.hostname or ""
        except ValueError:  # brackets that hold no IPv6 address
            yield path, SplitResult("https", "", "", "", ""), ""


def user_names(subject: Subject) -> Iterator[Finding]:
    """« https://ans.gouv.fr@pirate.example » leads to pirate.example."""
    for path, parts, host in _addresses(subject):
        if "@" in parts.netloc:
            yield Finding(
                path,
                f"L’adresse contient un nom d’utilisateur ; elle mène en fait à « {host} ».",
                f"Écrivez « {written(str(path[-1]), _without_user(parts))} » si c’est bien "
                "l’adresse voulue.",
            )


def _without_user(parts: SplitResult) -> str:
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def hosts(subject: Subject) -> Iterator[Finding]:
    """An address can be followed by anybody: a public name with a dot, no number, no local name."""
    for path, _, host in _addresses(subject):
        if reason := _host_fault(host):
            yield Finding(
                path, reason, "Écrivez l’adresse publique du site, comme « https://exemple.fr »."
            )


def _host_fault(host: str) -> str | None:
    if _is_ip(host):
        return f"L’adresse donne un numéro, « {host} », et non un nom de site."
    if host.rstrip(".") in _LOCAL or host.rstrip(".").endswith(
        tuple(f".{name}" for name in _LOCAL)
    ):
        return f"« {host} » n’existe que sur un réseau local."
    name = host.rstrip(".")
    if not name:
        return "L’adresse ne donne pas de nom de site lisible."
    if not _HOST.fullmatch(name) or not _TOP_LEVEL.fullmatch(name.rpartition(".")[2]):
        return f"« {host} » n’est pas un nom de site public."
    return None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit()
    return True


def homographs(subject: Subject) -> Iterator[Finding]:
    """A name with letters beyond a to z can look like another: it is shown as machines write it."""
    for path, _, host in _addresses(subject):
        if host.isascii() and "xn--" not in host:
            continue
        try:
            shown = host.encode().decode("idna") if host.isascii() else host
            ascii_name = shown.encode("idna").decode()
        except UnicodeError:
            continue  # no such name can exist: `hosts` says so
        yield Finding(
            path,
            f"Le nom du site a des lettres hors de a à z : « {shown} » s’écrit « {ascii_name} ».",
            "Vérifiez qu’il s’agit bien du site officiel et non d’un nom qui lui ressemble.",
        )


def addresses_as_names(subject: Subject) -> Iterator[Finding]:
    """A company has a name; « Lemedecin.fr » is one, « https://lemedecin.fr » is not."""
    for path, text in subject.texts:
        if path[-1] in {"name", "group"} and _WEB.fullmatch(text):
            yield Finding(
                path,
                f"{quoted(text)} est l’adresse d’un site, pas un nom.",
                "Écrivez le nom ; l’adresse se note sur une ligne à part, « website: https://… ».",
            )


def personal_data(subject: Subject) -> Iterator[Finding]:
    """The register names companies, not people: no e-mail address, no telephone number."""
    for path, text in subject.texts:
        if path[-1] in {"website", "url"}:
            continue
        instead = "Écrivez le nom de la société" if path[-1] == "name" else "Supprimez-{}"
        because = " : le registre est public et ne nomme personne."
        if match := _EMAIL.search(text):
            yield Finding(
                path,
                f"Une adresse électronique figure ici : {quoted(match[0])}.",
                instead.format("la") + because,
            )
        if match := _TELEPHONE.search(text):
            yield Finding(
                path,
                f"Un numéro de téléphone figure ici : {quoted(match[0])}.",
                instead.format("le") + because,
            )
