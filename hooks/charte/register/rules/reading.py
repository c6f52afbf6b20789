"""Rules that are held while the file is read or by the model: they have a name and a reason here."""

from charte.register.rules.subject import Rule

READ = (
    Rule(
        "layout",
        "Mise en page",
        "Le fichier est du YAML : un tiret par entrée, puis « champ: valeur » par ligne, bien alignés.",
    ),
    Rule(
        "merge-conflict",
        "Fusion inachevée",
        "Quand deux personnes ont changé la même ligne, git laisse les deux versions : il faut choisir.",
    ),
    Rule(
        "encoding",
        "Encodage",
        "Le fichier est enregistré en UTF-8, pour que les accents se lisent partout.",
    ),
    Rule(
        "byte-order-mark",
        "Marque d’ordre des octets",
        "Certains éditeurs ajoutent un signe invisible en tête de fichier ; d’autres outils s’y heurtent.",
    ),
    Rule(
        "empty-file",
        "Fichier vide",
        "Le registre a toujours une édition et une liste de signataires.",
    ),
    Rule("file-size", "Taille", "Un fichier démesuré n’est pas un registre ; il n’est pas lu."),
    Rule(
        "nesting",
        "Imbrication",
        "Des champs imbriqués à l’excès ne servent qu’à bloquer les machines ; ils ne sont pas lus.",
    ),
    Rule(
        "second-document",
        "Un seul document",
        "Ce qui suit une ligne « --- » serait perdu sans bruit.",
    ),
    Rule(
        "reserved-sign",
        "Signes réservés",
        "« & », « * » et « ! » commandent à YAML de copier ou d’exécuter : une valeur qui commence ainsi se met entre guillemets.",
    ),
    Rule(
        "invisible-character",
        "Caractères invisibles",
        "Un caractère sans encre, ou qui renverse le sens de lecture, fait lire autre chose que ce qui est écrit.",
    ),
    Rule("duplicate-field", "Champ répété", "YAML ne garderait que le dernier, sans le dire."),
    Rule(
        "unknown-field",
        "Champ inconnu",
        "Une faute de frappe dans le nom d’un champ ferait perdre sa valeur.",
    ),
    Rule(
        "missing-field",
        "Champ manquant",
        "Chaque entrée a au moins un nom, un identifiant et la date de sa première édition.",
    ),
    Rule("empty-field", "Champ vide", "Ce qui n’est pas connu est laissé de côté, ligne comprise."),
    Rule(
        "type", "Nature de la valeur", "Un texte, une liste, un bloc de champs : chacun à sa place."
    ),
    Rule(
        "form",
        "Forme de la valeur",
        "Un identifiant, un numéro, une adresse, un motif ont chacun leur forme ; une adresse commence par https://.",
    ),
    Rule(
        "too-long",
        "Longueur",
        "Un texte trop long ne tient ni sur un badge ni sur une ligne de l’annexe.",
    ),
    Rule("date", "Date", "Une date s’écrit année-mois-jour et existe au calendrier."),
)
