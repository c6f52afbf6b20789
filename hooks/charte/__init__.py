"""The charter « Engagé pour la e-santé » and its register of signatories, as a site.

Data flows one way: read → check → view → render → publish.

    register/   who signed: model, reading with positions, rules, problems
    charter     what was signed: the commitments, read from docs/charte
    project     one build's input: the register and the charter, read and checked together
    views       what each page shows, as plain frozen values
    fragments   the templates of the slots
    mould       a built page with slots, cast once and filled many times
    expansion   a built site in, the expanded site out
    outputs/    what is published beside the pages: badges, redirects
    publish     the one place that writes files

Nothing here knows MkDocs: `hooks/expand.py` is the only place where the two meet.
"""
