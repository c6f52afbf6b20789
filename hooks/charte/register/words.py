"""What people call the fields, in French: « nom », « raison sociale », « date d’entrée »."""

from __future__ import annotations

from functools import cache

from charte.french import plain

_LONGEST = 60  # letters of a word that are looked at
# What people call each field, the best word first. Where a block knows two fields of one word, the
# first is meant. Accents, case, spaces and hyphens do not matter.
WORDS = {
    "name": "nom, nom exact, raison sociale, dénomination, société, entreprise, signataire",
    "slug": "identifiant, id",
    "listed": "date d’entrée, date, entrée, inscription, jour",
    "date": "jour, le",
    "on": "date, jour, le",
    "group": "groupe",
    "note": "précision, remarque",
    "see_also": "voir aussi, voir",
    "signed": "date de signature, signature, signé, signé le",
    "website": "site, site web, site internet, adresse web, web, url, lien",
    "url": "lien, adresse, page, site, site web",
    "siren": "numéro siren, siret, numéro siret",
    "description": "activité, descriptif",
    "former_slugs": "anciens identifiants, ancien identifiant",
    "former_names": "anciens noms, ancien nom",
    "withdrawn": "retrait, retiré",
    "title": "titre, intitulé",
    "commitment": "engagement",
    "reason": "motif, raison",
    "successor": "successeur",
    "until": "jusqu’au, date, jour",
    "signatories": "signataires",
    "publisher": "éditeur",
    "director": "directeur, directrice, directeur de la publication, directrice de la publication",
    "host": "hébergeur",
    "form": "forme, forme juridique",
    "registration": "inscription, immatriculation, rcs, siren",
    "address": "adresse, siège, siège social",
    "phone": "téléphone, tél",
    "email": "courriel, mail",
    "personal_data": "données personnelles, dpo",
    "accessibility": "accessibilité",
    "security": "sécurité",
    "security_expires": "expiration",
    "established": "date, établie",
    "updated": "mise à jour",
    "by": "par, auditeur",
    "rate": "taux",
    "report": "rapport, lien, url",
    "non_conformities": "non-conformités",
    "derogations": "dérogations",
    "exempt": "exemptions",
    "environments": "environnements",
    "tools": "outils",
}


def is_field_word(word: str, known: tuple[str, ...]) -> bool:
    """Return whether a word is what people call one of some fields, exactly."""
    return squeezed(word) in spellings_of(known)


@cache
def spellings_of(known: tuple[str, ...]) -> dict[str, str]:
    """Return the fields of a block by what people call them, their own names first."""
    spellings = {squeezed(name): name for name in known}
    for name in known:
        for french in WORDS.get(name, "").split(", "):
            spellings.setdefault(squeezed(french), name)
    spellings.pop("", None)
    return spellings


def squeezed(key: str) -> str:
    """Return a word without case, accents, spaces and hyphens."""
    return plain(key[:_LONGEST]).replace(" ", "")


def explained(name: str) -> str:
    """Write a field's name with what it is called in French."""
    french = WORDS.get(name, "").partition(", ")[0]
    return f"{name} ({french})" if french else name
