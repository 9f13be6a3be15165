package io.terrafleet.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Shoe(String name, int size, Optional<String> colour) {}

    @Test
    void anAbsentMemberIsLeftOutAndReadAgain() throws Exception {
        Shoe plain = new Shoe("boot", 44, Optional.empty());

        byte[] json = Json.write(plain);

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"boot\",\"size\":44}");
        assertThat(Json.mapper().readValue(json, Shoe.class)).isEqualTo(plain);
    }

    @Test
    void everyOtherMissingMemberIsAMistake() {
        assertThatThrownBy(() -> Json.mapper().readValue("{\"size\":44}", Shoe.class))
                .isInstanceOf(MismatchedInputException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> Json.mapper().readValue("{\"name\":\"boot\"}", Shoe.class))
                .isInstanceOf(MismatchedInputException.class)
                .hasMessageContaining("size");
    }
}
