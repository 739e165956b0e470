"""The scoring engine of Établi: a function of its arguments, without clock, file or network.

One door: `bridge.call(method, payload)`. Modules import only what stands before them in this list:
erreurs, phrases, nombres, lecture, memoire, profil, conditions, explications, questionnaire, aides, reponses, score, situation,
leviers, prochain, bilan, eligibilite, portes, choix, recommander, comparer, migrer, bridge, __main__.
"""

__version__ = "2.0.0"
