"""Method `migrer`: carry saved answers to the present version of their questionnaire, without losing any.

An answer keeps its revision: a migration says where it goes, the revision says whether it still means the same thing.
"""

from types import SimpleNamespace

from .erreurs import Erreur
from .lecture import take_objet, take_objets, take_texte
from .questionnaire import read_questionnaire
from .reponses import check_same, read_evaluation


def answer_migrer(charge: dict) -> dict:
    """`{questionnaire, migrations, evaluation}` → `{evaluation, appliquees: [{de, vers}], mises_de_cote, a_jour}`.

    migrations: `[{de, vers, questions: {old: new or null}, options: {old question: {old: new or null}}}]`, applied in order.
    What has no place any more goes to `mises_de_cote`, `[{question, reponse, raison}]` with raison "retiree", "option-retiree",
    "collision" or "inconnue"; it is added to the list of that name in the evaluation too, so that a saved file still holds it.
    a_jour: false when the file is newer than the site; it is then given back as it came.
    """
    questionnaire = read_questionnaire(charge)
    evaluation = read_evaluation(charge)
    check_same(questionnaire, evaluation)
    brut = charge["evaluation"]
    anciennes = [objet for objet, _ in take_objets(brut, "mises_de_cote", "evaluation", [])]
    migrations = [_read_migration(objet, chemin) for objet, chemin in take_objets(charge, "migrations", "", [])]
    version = _read_version(evaluation.version, "evaluation.questionnaire.version")
    actuelle = _read_version(questionnaire.version, "questionnaire.version")
    if version > actuelle:
        return {"evaluation": brut, "appliquees": [], "mises_de_cote": [], "a_jour": False}
    reponses = brut["reponses"]
    cote: list[dict] = []
    appliquees = []
    for migration in migrations:
        # A file older than `de` had nothing to migrate on its way to `de`: versions without migration change no id.
        if version <= migration.de and migration.vers <= actuelle:
            reponses = _apply(migration, reponses, cote)
            version = migration.vers
            appliquees.append(migration.noms)
    for question in [inconnue for inconnue in reponses if inconnue not in questionnaire.questions]:
        cote.append(_put_aside(question, reponses.pop(question), "inconnue"))
    identite = brut["questionnaire"] | {"version": questionnaire.version}
    migree = brut | {"questionnaire": identite, "reponses": reponses, "mises_de_cote": anciennes + cote}
    return {"evaluation": migree, "appliquees": appliquees, "mises_de_cote": cote, "a_jour": True}


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


def _apply(migration: SimpleNamespace, reponses: dict, cote: list[dict]) -> dict:
    """One step. All renames happen at once, so that two questions may exchange their ids; who keeps its id goes first."""
    migrees: dict = {}
    for ancien in sorted(reponses, key=lambda question: migration.questions.get(question, question) != question):
        nouveau = migration.questions.get(ancien, ancien)
        if nouveau is None or nouveau in migrees:
            cote.append(_put_aside(ancien, reponses[ancien], "retiree" if nouveau is None else "collision"))
            continue
        reponse = _rename_options(ancien, reponses[ancien], migration.options.get(ancien, {}), cote)
        if reponse is not None:
            migrees[nouveau] = reponse
    return migrees


def _rename_options(question: str, reponse: dict, renames: dict, cote: list[dict]) -> dict | None:
    """The answer with its options renamed, or None when none is left; the removed ones are put aside."""
    options = reponse.get("options")
    if not options or not renames:
        return reponse
    retirees = [option for option in options if renames.get(option, option) is None]
    gardees = [renames.get(option, option) for option in options if option not in retirees]
    if retirees:
        cote.append(_put_aside(question, reponse | {"options": retirees}, "option-retiree"))
    return reponse | {"options": list(dict.fromkeys(gardees))} if gardees else None


def _put_aside(question: str, reponse: dict, raison: str) -> dict:
    return {"question": question, "reponse": reponse, "raison": raison}
