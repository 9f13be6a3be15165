package io.terrafleet.api.organization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTest {

    @Test
    void theTellingWordIsTheLongestOneAndBestOneWithAFigure() {
        assertThat(Search.tellingWord("fix the database")).isEqualTo("database");
        assertThat(Search.tellingWord("merge pull request #4567 from main")).isEqualTo("4567");
        assertThat(Search.tellingWord("run-ab12cd34 or 123")).isEqualTo("ab12cd34");
    }

    @Test
    void aTextWithoutAWordOfThreeCharactersIsItsOwnWord() {
        assertThat(Search.tellingWord("a b")).isEqualTo("a b");
        assertThat(Search.tellingWord("100%_!")).isEqualTo("100");
        assertThat(Search.tellingWord("%_!")).isEqualTo("%_!");
        assertThat(Search.tellingWord("")).isEmpty();
    }

    @Test
    void whatIsAWildcardToTheDatabaseIsAnOrdinaryCharacterToPeople() {
        assertThat(Search.containing("50%_of!")).isEqualTo("%50!%!_of!!%");
        assertThat(Search.wildcard("app-*_1")).isEqualTo("app-%!_1");
        assertThat(Search.plain("A\0B")).isEqualTo("ab");
    }
}
