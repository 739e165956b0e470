"""What stands for what: the words of the glossary and of data/synonymes.yml, compiled for the search. New file of tests/unit."""

from etabli.schema import Synonyme
from etabli.synonymes import MEME, PROCHE, compile_synonymes


def of(*entries):
    return compile_synonymes([], [Synonyme.model_validate(entry) for entry in entries])


def test_voir_leads_there_and_not_back():
    assert of({"id": "a", "mots": ["ordures"], "voir": ["déchets"]}) == {"ordur": [("dechet", "déchets", PROCHE)]}


def test_without_voir_the_words_are_worth_one_another():
    assert of({"id": "a", "mots": ["vélo", "bicyclette"]}) == {
        "bicyclet": [("velo", "vélo", MEME)],
        "velo": [("bicyclet", "bicyclette", MEME)],
    }


def test_of_two_entries_the_stronger_link_holds_whatever_the_order():
    same, near = {"id": "a", "mots": ["vélo", "bicyclette"]}, {"id": "b", "mots": ["vélo"], "voir": ["bicyclette"]}
    assert of(same, near)["velo"] == of(near, same)["velo"] == [("bicyclet", "bicyclette", MEME)]


def test_a_word_never_stands_for_itself():
    assert of({"id": "a", "mots": ["déchet"], "voir": ["déchets", "de la"]}) == {}
