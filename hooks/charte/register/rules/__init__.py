"""The rules of the register, in one place: what each is called, why it is there, what finds it.

The page of rules is made from this list, and so are the names in messages. A rule without a
function is found while the file is read, or by the model (`reading`).
"""

from charte.problems import Severity
from charte.register.rules import actions, addresses, between, display, doubles, form, texts
from charte.register.rules.reading import READ
from charte.register.rules.subject import Rule

FORM = (
    *READ,
    Rule(
        "line-ends",
        "Fins de ligne",
        "Une ligne finit par LF ; avec CRLF, comme sous Windows, git croit toutes les lignes changées.",
        form.line_ends,
        Severity.WARNING,
    ),
    Rule("future-date", "Date à venir", "Le registre dit ce qui a eu lieu.", form.future_dates),
    Rule(
        "date-order",
        "Ordre des dates",
        "La charte, puis la signature, puis l’annexe, les changements de nom, puis le retrait.",
        form.date_order,
    ),
    Rule(
        "decomposed-text",
        "Accents séparés",
        "Un accent séparé de sa lettre ne se voit pas, mais la recherche ne trouve plus le nom.",
        texts.decomposed_text,
    ),
    Rule(
        "misread-text",
        "Lettres mal lues",
        "« SociÃ©tÃ© » est « Société », lu par un logiciel qui se trompe d’encodage.",
        texts.misread_texts,
    ),
    Rule(
        "stray-spaces",
        "Espaces superflues",
        "Deux espaces pour une rendent deux noms différents sans que rien ne se voie.",
        texts.stray_spaces,
        Severity.WARNING,
    ),
    Rule(
        "mixed-scripts",
        "Alphabets mêlés",
        "Une lettre grecque ou cyrillique au milieu d’un mot imite un autre nom.",
        texts.mixed_scripts,
    ),
    Rule(
        "piled-accents",
        "Accents empilés",
        "Des accents empilés sur une lettre couvrent les lignes voisines et font déborder la page.",
        display.piled_accents,
    ),
    Rule(
        "badge-lettering",
        "Lettres dessinées",
        "Badge, carte et PDF dessinent le nom et sa précision : chaque lettre doit exister dans leur police.",
        texts.undrawable_names,
    ),
    Rule(
        "quoted-name",
        "Guillemets autour d’un nom",
        "Un nom se publie comme il est signé ; les guillemets d’un copier-coller n’en font pas partie.",
        texts.quoted_names,
    ),
    Rule(
        "markup",
        "Code de page web dans un nom",
        "Un nom est un texte : « <b> » ou « &amp; » s’y liraient tels quels.",
        texts.marked_up_names,
    ),
    Rule(
        "markup-in-prose",
        "Code de page web dans un texte",
        "Une description est un texte : « <b> » ou « &amp; » s’y liraient tels quels.",
        texts.marked_up_prose,
        Severity.WARNING,
    ),
    Rule(
        "placeholder",
        "Valeur à compléter",
        "« À compléter », « exemple », « test » et leurs pareils ne sont pas des informations.",
        form.placeholders,
    ),
    Rule(
        "cut-name",
        "Nom coupé",
        "YAML lit « # » après une espace comme un commentaire : « AB #1 » serait publié « AB ».",
        form.cut_names,
    ),
    Rule(
        "cut-value",
        "Valeur coupée",
        "YAML lit « # » après une espace comme un commentaire et coupe le texte.",
        form.cut_values,
        Severity.WARNING,
    ),
)

ADDRESSES = (
    Rule(
        "address-user",
        "Adresse avec un nom d’utilisateur",
        "Ce qui précède « @ » dans une adresse sert à tromper sur sa destination.",
        addresses.user_names,
    ),
    Rule(
        "address-host",
        "Adresse publique",
        "Chacun doit pouvoir suivre le lien : ni numéro, ni réseau local, ni nom sans point.",
        addresses.hosts,
    ),
    Rule(
        "address-homograph",
        "Adresse aux lettres inhabituelles",
        "Un nom de site hors de a à z peut en imiter un autre ; sa forme exacte est montrée.",
        addresses.homographs,
        Severity.WARNING,
    ),
    Rule(
        "name-address",
        "Adresse à la place d’un nom",
        "Une société a un nom ; l’adresse de son site a son propre champ.",
        addresses.addresses_as_names,
    ),
    Rule(
        "personal-data",
        "Données personnelles",
        "Le registre est public et nomme des personnes morales : ni adresse électronique, ni téléphone.",
        addresses.personal_data,
    ),
)

IDENTIFIERS = (
    Rule(
        "reserved-slug",
        "Identifiant réservé",
        "Certaines adresses appartiennent au site.",
        between.reserved_slugs,
    ),
    Rule(
        "taken-slug",
        "Identifiant déjà pris",
        "Une adresse mène à une seule page, y compris une ancienne adresse.",
        doubles.taken_slugs,
    ),
    Rule(
        "siren-key",
        "Numéro SIREN",
        "Son dernier chiffre se calcule d’après les autres : une faute de frappe se voit.",
        form.siren_keys,
    ),
)

BETWEEN = (
    Rule(
        "same-name",
        "Même nom",
        "Un nom, une entrée ; des homonymes se distinguent par leurs SIREN ou par « see_also ».",
        doubles.same_names,
    ),
    Rule(
        "same-siren", "Même numéro SIREN", "Une personne morale, une entrée.", doubles.same_sirens
    ),
    Rule(
        "same-site",
        "Même site",
        "Deux signataires au même site n’en font peut-être qu’un.",
        doubles.same_sites,
        Severity.WARNING,
    ),
    Rule(
        "near-duplicate",
        "Noms qui se ressemblent",
        "Casse, accents, forme juridique ou ordre des mots mis à part, c’est peut-être la même société. D’une entrée nouvelle, une lettre ou un mot de plus suffit pour le demander.",
        doubles.near_duplicates,
        Severity.WARNING,
    ),
    Rule(
        "unknown-reference",
        "Renvoi sans destination",
        "« see_also » et « successor » nomment un autre signataire du registre.",
        between.unknown_references,
    ),
    Rule(
        "missing-successor",
        "Fusion sans successeur",
        "Une fusion mène à un autre signataire.",
        between.missing_successors,
    ),
    Rule(
        "group-spelling",
        "Groupe écrit de deux façons",
        "Deux graphies feraient deux groupes à la même adresse.",
        between.group_spellings,
    ),
    Rule(
        "group-address",
        "Adresse d’un groupe",
        "L’adresse d’un groupe est faite de son nom en lettres latines, et tient dans un nom de dossier.",
        display.group_addresses,
    ),
    Rule(
        "unknown-commitment",
        "Engagement inconnu",
        "Une action sert un engagement de la charte.",
        actions.unknown_commitments,
    ),
    Rule(
        "same-action",
        "Même action",
        "Une action racontée deux fois compterait deux fois.",
        actions.same_actions,
    ),
)

FAMILIES = {
    "La forme": FORM,
    "Les adresses": ADDRESSES,
    "Les identifiants": IDENTIFIERS,
    "D’une entrée à l’autre": BETWEEN,
}

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES.values() for rule in family)
