"""Makes what the browser receives besides the site's own pages: the engine with its trimmed Pyodide.

    python wasm/build.py
        build/moteur/<hash>/        pyodide.mjs, pyodide.asm.js, pyodide.asm.wasm, python_stdlib.zip, pyodide-lock.json,
                                    etabli_engine-…whl, manifest.json: the folder the site ships as assets/moteur/<hash>/
        build/moteur/courant.json   the same manifest with the folder's name and its weight: what the site build reads

Why trim: a stock `loadPyodide` spends most of its time compiling the standard library it imports. Shipped as `.pyc`,
*stored* in the zip (the server compresses better over the whole), the same start takes about a third of the time;
leaving out what is never imported makes the download lighter. Which files those are is not written down anywhere:
the stock Pyodide is run in Node on the sample calls of `essais.json`, and says what it imported.

Everything is reproducible: the same sources give the same bytes, so the folder's name, a hash of its content, may be
cached by browsers for ever.
"""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import brotli

RACINE = Path(__file__).resolve().parent.parent
PYODIDE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
# The first date a zip can hold. flit takes it from the environment, our own archives from `write_archive`.
EPOQUE, DATE_ZIP = "315532800", (1980, 1, 1, 0, 0, 0)
# What servers use to compress on the fly: the weight announced to visitors is the one they will most often download.
QUALITE = 6
LICENCES = {
    "pyodide": "MPL-2.0, https://github.com/pyodide/pyodide",
    "python": "PSF-2.0, https://docs.python.org/3.13/license.html",
}


class EchecDeConstruction(Exception):
    """The engine cannot be built; the message, in French, says why and what to do."""


def build_moteur(
    engine: Path = RACINE / "wasm" / "engine",
    essais: Path = RACINE / "wasm" / "essais.json",
    pyodide: Path = RACINE / "node_modules" / "pyodide",
    sortie: Path = RACINE / "build" / "moteur",
) -> dict:
    """Build the engine's folder under `sortie`, remove the older ones, and return the content of `courant.json`.

    `engine` is a source tree with a `pyproject.toml`; `essais` `{questionnaire, aides, appels: [{methode, charge}]}`; `pyodide` the npm
    package. Sizes are in bytes. Raises EchecDeConstruction, leaving what `sortie` held untouched.
    """
    sortie.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=sortie, prefix=".atelier-") as nom:
        atelier = Path(nom)
        dossier = atelier / "moteur"
        dossier.mkdir()

        source = build_wheel(engine, atelier)
        print("Établi : liste des modules Python que le moteur utilise…", flush=True)
        temoin = play(pyodide, source, essais)

        print(f"Établi : compilation de {len(temoin['modules'])} modules Python…", flush=True)
        copy_pyodide(pyodide, dossier)
        trim_stdlib(pyodide / "python_stdlib.zip", needed_files(temoin["modules"], source), dossier)
        moteur = compile_wheel(source, dossier)

        print("Établi : essai du moteur allégé…", flush=True)
        if play(dossier, moteur, essais)["resultats"] != temoin["resultats"]:
            raise EchecDeConstruction("Le moteur allégé ne donne pas les mêmes résultats que le moteur complet.")

        courant = write_manifest(dossier, pyodide, temoin["python"], moteur)
        place(dossier, sortie / courant["dossier"])
    for ancien in sortie.iterdir():
        if ancien.is_dir() and ancien.name != courant["dossier"]:
            shutil.rmtree(ancien)
    write_json(sortie / "courant.json", courant)
    return courant


def build_wheel(engine: Path, atelier: Path) -> Path:
    """The engine's ordinary wheel, sources inside, as any Python could install it."""
    commande = [sys.executable, "-P", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(atelier), str(engine)]
    run(commande, f"La roue du moteur ({engine}) ne se construit pas", env={**os.environ, "SOURCE_DATE_EPOCH": EPOQUE})
    return next(atelier.glob("*.whl"))


def play(pyodide: Path, roue: Path, essais: Path) -> dict:
    """What `essai.mjs` reports after playing the sample calls on the Pyodide of that folder."""
    script = Path(__file__).with_name("essai.mjs")
    sortie = run(["node", str(script), str(pyodide), str(roue), str(essais)], "Le moteur ne démarre pas sous Node")
    return json.loads(sortie)


def needed_files(importes: list[str], roue: Path) -> set[str]:
    """Files of the standard library to ship: those imported while playing, and those the engine may import later.

    A sample call cannot reach every line: an `import` inside a function of the engine counts even if it did not run.
    """
    noms = set()
    with zipfile.ZipFile(roue) as archive:
        for nom in archive.namelist():
            if nom.endswith(".py"):
                for noeud in ast.walk(ast.parse(archive.read(nom))):
                    if isinstance(noeud, ast.Import):
                        noms.update(alias.name for alias in noeud.names)
                    elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
                        noms.add(noeud.module)
    chemins = {nom.replace(".", "/") for nom in noms}
    return {*importes, *(f"{chemin}.py" for chemin in chemins), *(f"{chemin}/__init__.py" for chemin in chemins)}


def copy_pyodide(pyodide: Path, dossier: Path) -> None:
    """Pyodide's own files, without the address of source maps that are not shipped, and a lock file without packages."""
    for nom in PYODIDE:
        contenu = (pyodide / nom).read_bytes()
        if not nom.endswith(".wasm"):
            contenu = contenu.partition(b"//# sourceMappingURL=")[0]
        (dossier / nom).write_bytes(contenu)
    verrou = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    write_json(dossier / "pyodide-lock.json", {"info": verrou["info"], "packages": {}})


def trim_stdlib(stock: Path, gardes: set[str], dossier: Path) -> None:
    """Write `python_stdlib.zip` with the `gardes` files of the `stock` one, compiled."""
    with tempfile.TemporaryDirectory(dir=dossier.parent) as nom:
        lib = Path(nom)
        with zipfile.ZipFile(stock) as archive:
            for chemin in gardes.intersection(archive.namelist()):
                archive.extract(chemin, lib)
        compile_tree(lib, "/lib/python313.zip")
        write_archive(lib, dossier / "python_stdlib.zip")


def compile_wheel(source: Path, dossier: Path) -> Path:
    """The same wheel with `.pyc` in place of its sources. Its RECORD is left out: it would lie, and Pyodide never reads it."""
    with tempfile.TemporaryDirectory(dir=dossier.parent) as nom:
        roue = Path(nom)
        with zipfile.ZipFile(source) as archive:
            archive.extractall(roue, [n for n in archive.namelist() if not n.endswith("/RECORD")])
        compile_tree(roue, "/lib/python3.13/site-packages")
        cible = dossier / source.name.replace("-py3-", "-cp313-")
        write_archive(roue, cible)
    return cible


def compile_tree(arbre: Path, prefixe: str) -> None:
    """Replace every `.py` under `arbre` by its `.pyc`, tracebacks naming it under `prefixe`.

    A process of its own: marshal writes shared strings differently when the process has used them before. The hash in
    the file is unchecked since there is no source to check it against. `-o 2` drops docstrings and `assert`.
    """
    commande = [sys.executable, "-I", "-m", "compileall", "-q", "-b", "-o", "2", "--invalidation-mode", "unchecked-hash"]
    run([*commande, "-s", str(arbre), "-p", prefixe, str(arbre)], "La compilation des modules Python échoue")
    for chemin in arbre.rglob("*.py"):
        chemin.unlink()


def write_archive(arbre: Path, cible: Path) -> None:
    """Zip a folder, uncompressed, in the order of names, with the date of no particular day."""
    with zipfile.ZipFile(cible, "w", zipfile.ZIP_STORED) as archive:
        for chemin in sorted(p for p in arbre.rglob("*") if p.is_file()):
            archive.writestr(zipfile.ZipInfo(chemin.relative_to(arbre).as_posix(), DATE_ZIP), chemin.read_bytes())


def write_manifest(dossier: Path, pyodide: Path, python: str, moteur: Path) -> dict:
    """Write `manifest.json` (versions, sizes, sha256) and return it with the folder's name and its weights, in bytes."""
    fichiers, compresse = [], 0
    for chemin in sorted(dossier.iterdir()):
        contenu = chemin.read_bytes()
        fichiers.append({"nom": chemin.name, "octets": len(contenu), "sha256": hashlib.sha256(contenu).hexdigest()})
        compresse += len(brotli.compress(contenu, quality=QUALITE))
    manifest = {
        "pyodide": json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"],
        "python": python,
        "moteur": moteur.name.split("-")[1],
        "roue": moteur.name,
        "licences": LICENCES,
        "fichiers": fichiers,
    }
    write_json(dossier / "manifest.json", manifest)
    empreinte = hashlib.sha256((dossier / "manifest.json").read_bytes()).hexdigest()[:12]
    return {"dossier": empreinte, "octets_total": sum(f["octets"] for f in fichiers), "octets_brotli": compresse, **manifest}


def place(dossier: Path, cible: Path) -> None:
    """Move the finished folder under its final name, in one step: a half-written one is never seen."""
    if cible.exists():
        shutil.rmtree(cible)
    dossier.rename(cible)


def run(commande: list[str], reproche: str, **options) -> str:
    """Standard output of a command that must succeed; its own words go into the EchecDeConstruction if it does not."""
    fin = subprocess.run(commande, capture_output=True, text=True, **options)
    if fin.returncode:
        raise EchecDeConstruction(f"{reproche} :\n{(fin.stderr or fin.stdout).strip()}")
    return fin.stdout


def write_json(chemin: Path, valeur: dict) -> None:
    chemin.write_text(json.dumps(valeur, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Build it; 0 when done, 1 with the reason on standard error."""
    try:
        courant = build_moteur()
    except EchecDeConstruction as erreur:
        print(f"Établi : {erreur}", file=sys.stderr)
        return 1
    poids = f"{courant['octets_brotli'] / 1e6:.1f}".replace(".", ",")
    print(f"Établi : moteur prêt, {len(courant['fichiers'])} fichiers, {poids} Mo compressés.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
