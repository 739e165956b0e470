"""A catalogue as large as wanted, made of the words of the real one: `python tests/bench/generer.py 5000 build/bench/5000`.

The data of the site, and enough made-up ressources to reach the number asked for. Their sentences follow the real ones word by
word (each word was once seen after the two before it), half of them name a commune, as local ressources do, so the vocabulary
keeps growing with the catalogue as it does in life. The same number and the same seed give the same files.
"""

import argparse
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from etabli.decoupage import read_liste

RACINE = Path(__file__).resolve().parents[2]
GRAINE = 2026
#: How many words a made-up text has: one in three real ressources has more than 70, a dispositif three times as many.
MOTS = (25, 140)
#: What a made-up ressource takes from its model.
REPRIS = ("type", "url", "organisme", "publics", "themes", "besoins", "niveau_cible", "effort", "cout")
DEBUT, FIN = "", "\n"


class Phrases:
    """Sentences that sound like those it was given."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.suites: dict[tuple[str, str], list[str]] = defaultdict(list)
        for sentence in sentences:
            words = [DEBUT, DEBUT, *sentence.split(), FIN]
            for one, two, three in zip(words, words[1:], words[2:], strict=False):
                self.suites[one, two].append(three)

    def make(self, hasard: random.Random, most: int) -> str:
        """One sentence of at most `most` characters; after ten tries, the beginning of one."""
        for _ in range(10):
            words = [DEBUT, DEBUT]
            while words[-1] != FIN and len(words) < 60:
                words.append(hasard.choice(self.suites[words[-2], words[-1]]))
            made = " ".join(words[2:-1])
            if 20 <= len(made) <= most:
                return made
        return made[:most].rsplit(" ", 1)[0]


def write_catalogue(dossier: Path, ressources: int, graine: int = GRAINE) -> Path:
    """Write the data of a site with that many ressources in `dossier`/data, which it gives; what stood there goes."""
    data = dossier / "data"
    shutil.rmtree(dossier, ignore_errors=True)
    shutil.copytree(RACINE / "data", data)
    real = [read_yaml(path) for path in sorted((data / "ressources").glob("*.yml"))]
    kept = real[:ressources]
    for ressource in make_ressources(data, kept, ressources - len(kept), random.Random(graine)):
        text = yaml.dump(ressource, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)
        (data / "ressources" / f"{ressource['id']}.yml").write_text(text, encoding="utf-8")
    return data


def make_ressources(data: Path, real: list[dict], count: int, hasard: random.Random) -> Iterator[dict]:
    """`count` ressources as plain values, each modelled on a real one for what it is about and for whom."""
    things = real + [read_yaml(path) for kind in ("dispositifs", "fiches") for path in sorted((data / kind).glob("*.yml"))]
    titles, summaries = Phrases(t["titre"] for t in things), Phrases(t["resume"] for t in things)
    texts = Phrases(sentence for thing in things for sentence in sentences_of(thing))
    communes = [(c["nom"], f"COM-{c['code']}") for c in read_liste("communes") if c.get("type") == "commune-actuelle"]
    for number in range(1, count + 1):
        model = hasard.choice(real)
        made = {cle: model[cle] for cle in REPRIS if cle in model}
        nom, code = hasard.choice(communes)
        local = hasard.random() < 0.5
        title = titles.make(hasard, 90)
        text = [texts.make(hasard, 400)]
        wanted = hasard.randint(*MOTS)
        while sum(len(sentence.split()) for sentence in text) < wanted:
            text.append(texts.make(hasard, 400))
        yield {
            "id": f"genere-{number:05d}",
            "titre": f"{title}, à {nom}" if local else title,
            "resume": summaries.make(hasard, 200),
            **made,
            **({"zones": [code]} if local else {}),
            **({"repond_a": model["repond_a"]} if "repond_a" in model else {}),
            **({"dispositifs": model["dispositifs"]} if "dispositifs" in model else {}),
            "texte": " ".join(text),
            "source": model["source"], "maj": model["maj"], "a_relire_le": model["a_relire_le"],
        }  # fmt: skip


def sentences_of(value: object) -> Iterator[str]:
    """Every sentence that a reader of those plain values would read."""
    if isinstance(value, dict):
        for cle in ("texte", "etapes", "conditions_texte", "livrables", "interventions", "modalites", "resultats_attendus", "exemples"):
            yield from sentences_of(value.get(cle))
    elif isinstance(value, list):
        for part in value:
            yield from sentences_of(part)
    elif isinstance(value, str):
        yield from (sentence.strip(" .") + "." for line in value.splitlines() for sentence in line.split(". ") if len(sentence.split()) > 3)


def read_yaml(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Écrit un catalogue inventé, pour mesurer le site à grande échelle.")
    parser.add_argument("ressources", type=int)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--graine", type=int, default=GRAINE)
    given = parser.parse_args()
    print(write_catalogue(given.dossier, given.ressources, given.graine))
