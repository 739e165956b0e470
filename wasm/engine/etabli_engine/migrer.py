"""Method `migrer`: carry saved answers to the present version of their questionnaire, without losing any.

An answer keeps its revision: a migration says where it goes, the revision says whether it still means the same thing. The note
and the line of the plan that go with a question follow it: the three together are its dossier.
"""

from types import SimpleNamespace

from .erreurs import Erreur
from .lecture import take_objet, take_objets, take_texte
from .questionnaire import read_questionnaire
from .reponses import check_same, read_evaluation

#: The parts of a dossier, and the object of the evaluation that holds each.
_PARTS = {"reponse": "reponses", "note": "notes", "plan": "plan"}


def answer_migrer(charge: dict) -> dict:
    """`{questionnaire, evaluation, migrations?}` → `{evaluation, appliquees: [{de, vers}], mises_de_cote, a_jour}`.

    migrations: `[{de, vers, questions: {old: new or null}, options: {old question: {old: new or null}}}]`, applied in order; those
    of the questionnaire when absent. What has no place any more goes to `mises_de_cote`, `[{question, reponse, note, plan, raison}]`
    without the parts that there were not, with raison "retiree", "option-retiree", "collision" or "inconnue"; it is added to the
    list of that name in the evaluation too, so that a saved file still holds it. a_jour: false when the file is newer than the
    site; it is then given back as it came.
    """
    questionnaire = read_questionnaire(charge)
    brut = take_objet(charge, "evaluation", "")
    evaluation = read_evaluation(brut)
    check_same(questionnaire, evaluation)
    anciennes = [objet for objet, _ in take_objets(brut, "mises_de_cote", "evaluation", [])]
    dossiers = _open_dossiers(brut)
    migrations = _read_migrations(charge)
    version = _read_version(evaluation.version, "evaluation.questionnaire.version")
    actuelle = _read_version(questionnaire.version, "questionnaire.version")
    if version > actuelle:
        return {"evaluation": brut, "appliquees": [], "mises_de_cote": [], "a_jour": False}
    cote: list[dict] = []
    appliquees = []
    for migration in migrations:
        # A file older than `de` had nothing to migrate on its way to it; one from in between may hold old ids or new ones, and as
        # an id is never used again, renaming the old ones is right in both cases.
        if version < migration.vers <= actuelle:
            _apply(migration, dossiers, cote)
            version = migration.vers
            appliquees.append(migration.noms)
    for question in [inconnue for inconnue in dossiers if inconnue not in questionnaire.questions]:
        dossier = dossiers.pop(question)
        if dossier:  # else all that it held is aside already
            cote.append(_put_aside(question, dossier, "inconnue"))
    identite = brut["questionnaire"] | {"version": questionnaire.version}
    migree = brut | _close_dossiers(dossiers, brut) | {"questionnaire": identite, "mises_de_cote": anciennes + cote}
    return {"evaluation": migree, "appliquees": appliquees, "mises_de_cote": cote, "a_jour": True}


def _open_dossiers(brut: dict) -> dict[str, dict]:
    """`{question: {reponse, note, plan}}`, each with the parts that there are."""
    dossiers: dict[str, dict] = {}
    for part, objet in _PARTS.items():
        for question, valeur in take_objet(brut, objet, "evaluation", {}).items():
            dossiers.setdefault(question, {})[part] = valeur
    return dossiers


def _close_dossiers(dossiers: dict[str, dict], brut: dict) -> dict[str, dict]:
    """The objects of the evaluation again; one that the file did not have is not added."""
    return {
        objet: {question: dossier[part] for question, dossier in dossiers.items() if part in dossier}
        for part, objet in _PARTS.items()
        if brut.get(objet) is not None
    }


def _read_migrations(charge: dict) -> list[SimpleNamespace]:
    donnees = charge.get("migrations") is not None
    source, chemin = (charge, "") if donnees else (charge["questionnaire"], "questionnaire")
    return [_read_migration(objet, lieu) for objet, lieu in take_objets(source, "migrations", chemin, [])]


def _read_version(texte: str, chemin: str) -> tuple[int, ...]:
    parts = texte.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise Erreur("valeur-invalide", chemin, "Une version s'écrit comme 1.0.0.")
    return tuple(int(part) for part in parts)


def _read_migration(brut: dict, chemin: str) -> SimpleNamespace:
    de, vers = (take_texte(brut, cle, chemin) for cle in ("de", "vers"))
    options = take_objet(brut, "options", chemin, {})
    migration = SimpleNamespace(
        noms={"de": de, "vers": vers},
        de=_read_version(de, f"{chemin}.de"),
        vers=_read_version(vers, f"{chemin}.vers"),
        questions=_read_renames(brut, "questions", chemin),
        options={question: _read_renames(options, question, f"{chemin}.options") for question in options},
    )
    if migration.de >= migration.vers:
        raise Erreur("valeur-invalide", f"{chemin}.vers", "Une migration va d'une version à une version plus récente.")
    return migration


def _read_renames(objet: dict, cle: str, chemin: str) -> dict[str, str | None]:
    renames = take_objet(objet, cle, chemin, {})
    for ancien, nouveau in renames.items():
        if nouveau is not None and type(nouveau) is not str:
            raise Erreur("type-invalide", f"{chemin}.{cle}.{ancien}", "On attendait un identifiant, ou null.")
    return renames


def _apply(migration: SimpleNamespace, dossiers: dict[str, dict], cote: list[dict]) -> None:
    """One step. All renames happen at once, so that two questions may exchange their ids; who keeps its id goes first.

    Only the questions that the migration names are looked at: many small migrations of a large file stay cheap.
    """
    partants = [ancien for ancien, nouveau in migration.questions.items() if nouveau != ancien and ancien in dossiers]
    enleves = {ancien: dossiers.pop(ancien) for ancien in partants}
    for question in migration.options:
        if question in dossiers:
            _rename_options(question, dossiers[question], migration, cote)
    for ancien, dossier in enleves.items():
        nouveau = migration.questions[ancien]
        if nouveau is None:
            cote.append(_put_aside(ancien, dossier, "retiree"))
            continue
        place = dossiers.setdefault(nouveau, {})
        en_trop = {part: dossier.pop(part) for part in _PARTS if part in dossier and part in place}
        if en_trop:
            cote.append(_put_aside(ancien, en_trop, "collision"))
        _rename_options(ancien, dossier, migration, cote)
        place |= dossier


def _rename_options(question: str, dossier: dict, migration: SimpleNamespace, cote: list[dict]) -> None:
    """Rename the options of the answer; the removed ones are put aside, and the answer with them when none is left."""
    renames = migration.options.get(question)
    options = dossier.get("reponse", {}).get("options")
    if not options or not renames:
        return
    retirees = [option for option in options if renames.get(option, option) is None]
    gardees = [renames.get(option, option) for option in options]
    gardees = [option for option in gardees if option is not None]
    if retirees:
        cote.append(_put_aside(question, {"reponse": dossier["reponse"] | {"options": retirees}}, "option-retiree"))
    if gardees:
        dossier["reponse"] = dossier["reponse"] | {"options": list(dict.fromkeys(gardees))}
    else:
        del dossier["reponse"]


def _put_aside(question: str, dossier: dict, raison: str) -> dict:
    return {"question": question, **dossier, "raison": raison}
