"""What to change, and where, for each thing that a check of a site online can find: a line of deploiement/ for nginx, Apache and Caddy.

The lines are looked up in those files when they are told, so that their numbers are right; a test holds that they are there.
"""

import re

from . import RACINE

FICHIERS = {"nginx": "nginx.conf", "apache": "htaccess", "caddy": "Caddyfile"}
#: What to do → how the line of each file that does it begins. Without a line, the server's configuration has no part in it.
CONSEILS: dict[str, tuple[str, dict[str, str]]] = {
    "type-wasm": (
        "Le serveur doit annoncer le type des fichiers .wasm.",
        {"nginx": "include /etc/nginx/mime.types", "apache": "AddType application/wasm", "caddy": "header @wasm"},
    ),
    "type-script": (
        "Le serveur doit annoncer un type JavaScript pour .js et .mjs.",
        {"nginx": "text/javascript mjs", "apache": "AddType text/javascript", "caddy": "header @script"},
    ),
    "type": (
        "Le serveur doit annoncer le type de ces fichiers.",
        {"nginx": "types {", "apache": "AddType", "caddy": "@wasm path"},
    ),
    "absent": ("Ce fichier n'est pas arrivé : copier de nouveau tout le contenu de site/, fichiers .mjs, .wasm et .whl compris.", {}),
    "entier": (
        "Le fichier a changé en route : le copier de nouveau, en mode binaire si c'est par FTP. "
        "Un relais qui « optimise » les fichiers doit laisser assets/moteur/ tranquille.",
        {},
    ),
    "en-tetes": (
        "Ces en-têtes protègent les visiteurs ; ils vont avec toutes les réponses, erreurs et renvois compris.",
        {"nginx": "add_header Content-Security-Policy", "apache": "Header always set Content-Security", "caddy": "(en_tetes)"},
    ),
    "csp": (
        "La politique de sécurité envoyée par l'hébergeur s'ajoute à celle du site : retirer la sienne, ou mettre celle-ci à la place.",
        {"nginx": "add_header Content-Security-Policy", "apache": "Header always set Content-Security", "caddy": "Content-Security-Policy"},
    ),
    "compression": (
        "Copier aussi les fichiers .br et .gz que « make site » pose à côté des autres, et laisser le serveur les envoyer.",
        {"nginx": "gzip_static on", "apache": "RewriteCond %{HTTP:Accept-Encoding}", "caddy": "precompressed br gzip"},
    ),
    "vary": (
        "Sans « Vary: Accept-Encoding », un relais donnerait la forme compressée à qui ne la lit pas.",
        {"nginx": "gzip_vary on", "apache": "Header merge Vary", "caddy": "header ?Vary"},
    ),
    "garde": (
        "Ces adresses portent l'empreinte de leur contenu : le navigateur peut les garder, et ne plus jamais les demander.",
        {"nginx": '"~^(200|206|304):', "apache": 'Header always set Cache-Control "public', "caddy": "header @garde"},
    ),
    "revalide": (
        "Une page gardée trop longtemps mène, après une mise à jour, à des fichiers qui ne sont plus là.",
        {"nginx": 'default "no-cache"', "apache": 'Header always set Cache-Control "no-cache"', "caddy": "header @reste"},
    ),
    "304": ("Laisser le serveur envoyer Last-Modified ou ETag : ce qui n'a pas changé n'est alors pas envoyé de nouveau.", {}),
    "introuvable": (
        "Une adresse inconnue répond 404, avec la page 404.html du site.",
        {"nginx": "error_page 403 404", "apache": "ErrorDocument 404", "caddy": "rewrite * /404.html"},
    ),
    "adresse": (
        "Construire de nouveau en disant où le site est publié, par exemple : ETABLI_URL={base} make site "
        "(avec ESPACE=… pour un espace), ou par la clé « url » de son bloc site.",
        {},
    ),
    "dossier": (
        "Un dossier sans page ne doit pas montrer la liste de ses fichiers.",
        {"nginx": "error_page 403 404", "apache": "RewriteCond %{REQUEST_FILENAME}/index.html", "caddy": "file_server {"},
    ),
    "renvoi": (
        "Le renvoi d'un dossier vers sa page doit garder le protocole, le nom et le chemin du site.",
        {"nginx": "absolute_redirect off", "apache": "RewriteCond %{HTTP:X-Forwarded-Proto}", "caddy": "file_server {"},
    ),
    "https": (
        "Publier en https : sans lui, le site ne peut pas s'ouvrir hors connexion, et les navigateurs n'acceptent pas les .br.",
        {"nginx": "listen 80", "apache": "# Avec un certificat", "caddy": "etabli.example"},
    ),
    "hsts": (
        "Une fois le certificat en place, dire aux navigateurs de ne plus venir qu'en https.",
        {"nginx": "# add_header Strict", "apache": "# Header always set Strict", "caddy": "Strict-Transport-Security"},
    ),
    "questionnaire": ("Aucun questionnaire n'a été trouvé depuis la page d'accueil : les essais du moteur n'ont pas pu être faits.", {}),
}


def advise(cle: str, serveur: str, base: str) -> list[str]:
    """The advice `cle` in lines: what to do, then where. serveur: what the site's own says it is (its header); all three when unknown."""
    quoi, lignes = CONSEILS[cle]
    said = [quoi.format(base=base)]
    known = [nom for nom in lignes if nom in serveur.lower()] or list(lignes)
    for nom in known:
        fichier = FICHIERS[nom]
        numero, ligne = find_line(fichier, lignes[nom])
        ligne = re.split(r"\s+# ", ligne)[0]
        said.append(f"{nom} : deploiement/{fichier}, ligne {numero} : {ligne if len(ligne) <= 90 else ligne[:89] + '…'}")
    return said


def find_line(fichier: str, debut: str) -> tuple[int, str]:
    """The number and the text of the first line of a file of deploiement/ that begins by `debut`. Raises LookupError."""
    for numero, ligne in enumerate((RACINE / "deploiement" / fichier).read_text(encoding="utf-8").splitlines(), 1):
        if ligne.strip().startswith(debut):
            return numero, ligne.strip()
    raise LookupError(f"{fichier} : {debut}")
