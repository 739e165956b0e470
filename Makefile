# Établi: every command, each setting up by itself what it needs. A second run reuses all that the first has made.

SHELL := bash
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve site espace espaces relu verifier check scenarios liens test bench schemas bless requirements clean

PORT ?= 8000
ESPACE ?= $(ETABLI_ESPACE)
PY := .venv/bin/python
SITE_TOOLS := .venv/.ok node_modules/.ok
MOTEUR := build/moteur/courant.json
COMMUNES := build/communes/.ok
export PYTHONPATH := hooks
# Material prints a notice of its end of life (May 2027) at each build. It is planned for: one file imports MkDocs.
export NO_MKDOCS_2_WARNING := 1

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

serve: $(SITE_TOOLS) $(MOTEUR) $(COMMUNES) ## build the site, serve it on http://127.0.0.1:8000, rebuild when a file is saved (PORT=8001 to change)
	@exec $(PY) -m etabli serve --port $(PORT) --espace "$(ESPACE)"

site: $(SITE_TOOLS) $(MOTEUR) $(COMMUNES) ## build the site into site/, its archives into paquets/ (MODE=publication refuses what must not be online)
	@$(PY) -m etabli site --espace "$(ESPACE)" --mode "$(MODE)"

espace: $(SITE_TOOLS) ## write the folder of a new espace (NOM="its name" or its SIREN; DOSSIER=where, espaces/ unless told)
	@$(PY) -m etabli espace "$(NOM)" --dossier "$(DOSSIER)"

espaces: $(SITE_TOOLS) $(MOTEUR) $(COMMUNES) ## build all espaces side by side into plateforme/, with a front page (DOSSIERS="where they are"; SEUL=one of them; LOT=3/20: a share)
	@$(PY) -m etabli espaces --dossiers "$(DOSSIERS)" --sortie "$(SORTIE)" --seul "$(SEUL)" --lot "$(LOT)" --portail "$(PORTAIL)"

relu: $(SITE_TOOLS) ## once you have read again what your espace replaces: keep what the base says of it now (ESPACE=its folder)
	@$(PY) -m etabli relu --espace "$(ESPACE)"

verifier: .venv/.ok ## check that a site that is online answers as it should (URL=its address)
	@$(PY) -m etabli verifier-deploiement "$(URL)"

check: $(SITE_TOOLS) ## read all the data and say everything that is wrong (ESPACE=its folder: with that espace)
	@$(PY) -m etabli check --espace "$(ESPACE)"

scenarios: $(SITE_TOOLS) ## play the worked examples of the questionnaires and show what each gives (Q=maturite-act for one of them)
	@$(PY) -m etabli scenarios $(Q)

liens: $(SITE_TOOLS) ## ask every external address of the data and of docs/ whether it still answers (needs the network)
	@$(PY) -m etabli liens --espace "$(ESPACE)"

test: .venv/.ok-test $(SITE_TOOLS) $(MOTEUR) $(COMMUNES) ## run every check and every test
	@.ci/trouver chromium > /dev/null
	@for serveur in nginx apache; do .ci/trouver $$serveur > /dev/null || true; done
	@echo "Établi : style du code…" && .venv/bin/ruff check --quiet hooks wasm tests
	@echo "Établi : données…" && $(PY) -m etabli check --bref
	@echo "Établi : tests du site et des outils…" && $(PY) -m pytest -q -n 2 --dist worksteal tests/unit
	@echo "Établi : tests du moteur, sous CPython et sous Pyodide à la fois…"
	@mkdir -p build; node tests/engine/pyodide.mjs > build/pyodide.txt 2>&1 & pyodide=$$!; \
	  $(PY) -m pytest -q tests/engine; cpython=$$?; wait $$pyodide; autre=$$?; cat build/pyodide.txt; exit $$((cpython + autre))
	@echo "Établi : construction du site…" && $(PY) -m etabli site --vite
	@echo "Établi : tests dans le navigateur…" && CHROMIUM=$$(.ci/trouver chromium) $(PY) -m pytest -q -n 2 --dist worksteal tests/browser

bench: .venv/.ok-test $(SITE_TOOLS) $(MOTEUR) $(COMMUNES) ## measure start-up, weights, response times, search and large catalogues against the budgets
	@$(PY) -m etabli site || echo "Établi : le site ne se construit pas, seul le moteur sera mesuré."
	@CHROMIUM=$$(.ci/trouver chromium) PYTHONPATH=hooks:tests/search $(PY) tests/bench

schemas: $(SITE_TOOLS) ## write the JSON Schemas that editors use in data/schemas/
	@$(PY) -m etabli schemas

bless: .venv/.ok-test $(SITE_TOOLS) ## accept a change: write again the golden outputs of tests/sample and tests/wrong
	@ETABLI_BLESS=1 $(PY) -m pytest -q tests/unit/test_sample.py tests/unit/test_wrong.py

requirements: .venv/.ok ## pin again, with hashes, every package named in requirements.in and requirements-test.in
	@echo "Établi : choix des versions…"
	@$(PY) -m venv build/pip-tools
	@.ci/silence build/pip-tools/bin/pip install pip-tools==7.6.2
	@for nom in requirements requirements-test; do \
	  PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= .ci/silence build/pip-tools/bin/pip-compile --quiet --generate-hashes --strip-extras \
	    --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file $$nom.txt $$nom.in && \
	  sed -i "1i # Made by \`make requirements\` from $$nom.in: do not edit." $$nom.txt; \
	done

clean: ## remove all that is built (.venv and node_modules stay)
	@rm -rf build site paquets plateforme .pytest_cache .ruff_cache .hypothesis

# --- What the commands need: each file stands for a finished step ---------------------------------------------------

.venv/.ok: requirements.txt .python-version
	@python=$$(.ci/trouver python) && echo "Établi : environnement Python…" && \
	  if ! $(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then $$python -m venv --clear .venv; fi
	@.ci/silence $(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.ok-test: requirements-test.txt .venv/.ok
	@echo "Établi : outils de test…"
	@.ci/silence $(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

node_modules/.ok: package-lock.json
	@.ci/trouver node > /dev/null && echo "Établi : paquets JavaScript…"
	@.ci/silence npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(MOTEUR): $(shell find wasm/engine -name '*.py') $(wildcard wasm/*.py wasm/essai* wasm/engine/pyproject.toml) $(SITE_TOOLS)
	@$(PY) wasm/build.py

$(COMMUNES): hooks/etabli/communes.py hooks/etabli/decoupage.py $(SITE_TOOLS)
	@echo "Établi : recherche par commune…" && $(PY) -m etabli communes build/communes > /dev/null
	@touch $@
