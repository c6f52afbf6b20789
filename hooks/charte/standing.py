"""What a signatory is today, in words: one place, so that page, badge and citation agree.

Who left is not called a signatory, and who was listed by mistake is not said to have been one.
"""

from __future__ import annotations

from dataclasses import dataclass

from charte.french import long_date
from charte.mark import NAME
from charte.register.model import Signatory, Withdrawal

CHARTER_TITLE = f"charte « {NAME} »"


@dataclass(frozen=True, slots=True)
class Standing:
    """The words for a signatory's standing.

    Attributes:
        word: under the name on the badge.
        row: before « charte … » in the page's table.
        claim: after the name in a sentence, up to the charter: « figure parmi les signataires de ».
        withdrawal: what happened and when, or None.
    """

    word: str
    row: str
    claim: str
    withdrawal: str | None


_PRESENT = Standing(
    "signataire", "Signataire de la", "figure parmi les signataires de la", withdrawal=None
)


def standing(one: Signatory) -> Standing:
    """Give the words for a signatory, present or past."""
    if not one.withdrawn:
        return _PRESENT
    sentence = _withdrawal_sentence(one.withdrawn)
    if one.withdrawn.reason == "listed-by-mistake":
        word, row = "cité par erreur", "Cité par erreur à l’annexe de la"
        return Standing(word, row, "a été cité par erreur à l’annexe de la", sentence)
    claim = f"n’est plus, depuis le {long_date(one.withdrawn.on)}, signataire de la"
    return Standing("n’est plus signataire", "N’est plus signataire de la", claim, sentence)


def _withdrawal_sentence(withdrawn: Withdrawal) -> str:
    happened = {
        "retired": "N’est plus signataire depuis le",
        "merged": "A fusionné avec un autre signataire le",
        "listed-by-mistake": "Cité par erreur ; retiré de l’annexe le",
    }[withdrawn.reason]
    return f"{happened} {long_date(withdrawn.on)}."
