"""The charter « Engagé pour la e-santé » and its register of signatories, as a site.

Data flows one way: read → check → view → render → publish.

    register/   who signed: model, reading with positions, rules, edits, merging
    charter     what was signed: the commitments, read from docs/charte
    project     one build's input: the register and the charter, read and checked together
    slots       what the pages of docs/ ask for, checked before the engine runs
    viewer      looks at the whole register and makes the views
    views       what each page shows, as plain frozen values
    fragments   the templates of the slots
    mould       a built page with slots, cast once and filled many times
    expansion   a built site in, the expanded site out
    outputs/    what is published beside the pages: badges, redirects
    publish     the one place that writes the site

Beside the flow: `french` knows the language, `mark` and `lettering` draw, `search` knows the search
index, `problems` and `reporting` say what is wrong, `commands/` is the `charte` command.

Nothing here knows MkDocs: `hooks/expand.py` is the only place where the two meet.
"""
