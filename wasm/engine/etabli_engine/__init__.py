"""The scoring engine of Établi: a function of its arguments, without clock, file or network.

One door: `bridge.call(method, payload)`. Modules import only what stands before them in this list:
erreurs, phrases, nombres, lecture, profil, conditions, explications, questionnaire, reponses, score, eligibilite,
leviers, bilan, comparer, migrer, bridge, __main__.
"""

__version__ = "1.1.0"
