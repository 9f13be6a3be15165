package io.terrafleet.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void medianIsTheMiddleOrBetweenTheTwo() {
        assertThat(new Series("odd", List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2.0);
        assertThat(new Series("even", List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
        assertThat(new Series("one", List.of(7.0)).quantile(0.9)).isEqualTo(7.0);
    }

    @Test
    void quantilesLieBetweenNeighbours() {
        assertThat(new Series("tens", List.of(0.0, 10.0, 20.0, 30.0, 40.0)).quantile(0.9))
                .isCloseTo(36.0, within(1e-9));
    }
}
