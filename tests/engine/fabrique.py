"""Small builders of compiled questionnaires and evaluations, so that a test shows only what it is about."""

import json

from etabli_engine import bridge

DATE = "2026-11-21"
OUI_NON = [
    {"id": "oui", "texte": "Oui", "valeur": "1"},
    {"id": "partiel", "texte": "En partie", "valeur": "1/2"},
    {"id": "prevu", "texte": "C'est prévu", "valeur": "1/4", "prevu": True},
    {"id": "non", "texte": "Non", "valeur": "0"},
]
NIVEAUX = [
    {"id": "depart", "titre": "Point de départ", "seuil": "0", "message": "Tout commence ici."},
    {"id": "en-route", "titre": "En route", "seuil": "25", "message": "Vous avancez."},
    {"id": "engage", "titre": "Engagé", "seuil": "50", "message": "De bonnes bases."},
    {"id": "moteur", "titre": "Moteur", "seuil": "75", "message": "Vous montrez le chemin."},
]
ETATS = {"?": {"etat": "ne_sait_pas"}, "-": {"etat": "non_concerne", "motif": "sans-objet"}}


def make_question(identifiant, poids=1, **champs):
    """A question oui / partiel / prévu / non that may be « non concerné »."""
    return {
        "id": identifiant,
        "revision": 1,
        "texte": f"Question {identifiant} ?",
        "type": "unique",
        "poids": str(poids),
        "effort": 2,
        "non_concerne": {"motifs": [{"id": "sans-objet", "texte": "Sans objet chez nous."}]},
        "ne_sait_pas": True,
        "options": OUI_NON,
    } | champs


def make_theme(identifiant, questions, poids=1, **champs):
    return {
        "id": identifiant,
        "titre": f"Thème {identifiant}",
        "poids": str(poids),
        "messages": {},
        "questions": questions,
    } | champs


def make_questionnaire(themes, **champs):
    base = {"format": 1, "id": "essai", "version": "1.0.0", "titre": "Essai", "niveaux": NIVEAUX, "themes": themes, "court": None}
    return base | {"publics": [], "migrations": []} | champs


def list_limits(paires):
    """The questions that a thing answers, from pairs of a question and the highest value for which it helps."""
    return [{"question": question, "max": maximum} for question, maximum in paires]


def make_ressource(identifiant, repond_a=(), **champs):
    base = {"id": identifiant, "publics": [], "themes": ["t"], "zones": ["PAYS-99100"], "effort": 1, "organisme": "editeur"}
    base |= {"dispositifs": [], "remplace_par": None}
    return base | {"repond_a": list_limits(repond_a)} | champs


def make_dispositif(identifiant, repond_a=(), **champs):
    base = {"id": identifiant, "ouverture": None, "cloture": None, "zones": {"inclus": [], "exclus": []}, "publics": []}
    base |= {"themes": ["t"], "conditions": None, "conditions_texte": [], "porteurs": [], "contacts": []}
    return base | {"repond_a": list_limits(repond_a)} | champs


def make_contact(identifiant, organisme, territoires=("PAYS-99100",), **champs):
    return {"id": identifiant, "organisme": organisme, "nom": organisme, "territoires": list(territoires), "besoins": []} | champs


def make_aides(ressources=(), dispositifs=(), contacts=(), libelles=None):
    listes = {"ressources": list(ressources), "dispositifs": list(dispositifs), "contacts": list(contacts)}
    return {"format": 1, **listes, "libelles": libelles or {}}


def make_reponse(court, revision=1):
    """Spell out a short answer. "oui" or ["a", "b"]: options; "?": ne sait pas; "-": non concerné; {…}: as it is."""
    if isinstance(court, dict):
        return court
    if isinstance(court, str) and court in ETATS:
        return {"revision": revision} | ETATS[court]
    return {"revision": revision, "etat": "repondu", "options": court if isinstance(court, list) else [court]}


def make_evaluation(reponses, profil=None, version="1.0.0", **champs):
    """reponses: {question: short answer}; None leaves it blank."""
    donnees = {question: make_reponse(court) for question, court in reponses.items() if court is not None}
    identite = {"id": "essai", "version": version}
    return {"format": 1, "questionnaire": identite, "date": DATE, "profil": profil or {}, "reponses": donnees} | champs


def ask(methode, **charge):
    """Go through the one door, as the browser does; the date is given unless the test does."""
    return json.loads(bridge.call(methode, json.dumps({"date": DATE} | charge)))


def succeed(methode, **charge):
    """The answer of a method that must have one."""
    resultat = ask(methode, **charge)
    if "erreur" in resultat:
        raise AssertionError(resultat["erreur"])
    return resultat


def evaluate(questionnaire, reponses, profil=None, **champs):
    return succeed("evaluer", questionnaire=questionnaire, evaluation=make_evaluation(reponses, profil, **champs))


def recommend(questionnaire, aides, reponses, profil=None, **charge):
    evaluation = make_evaluation(reponses, profil)
    return succeed("recommander", questionnaire=questionnaire, aides=aides, evaluation=evaluation, **charge)
