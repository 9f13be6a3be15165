package io.terrafleet.api.size;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "CPU, 500m, 500, 500m",
        "CPU, 2, 2000, 2",
        "CPU, 1.5, 1500, 1500m",
        "CPU, 0.1, 100, 100m",
        "MEMORY, 512Mi, 536870912, 512Mi",
        "MEMORY, 1.5Gi, 1610612736, 1536Mi",
        "MEMORY, 4G, 4000000000, 3906250Ki",
        "MEMORY, 1000000001, 1000000001, 1000000001",
        "DISK, 1Ti, 1099511627776, 1024Gi"
    })
    void quantitiesAreCountedAndWritten(Amount amount, String text, long counted, String written) {
        assertThat(amount.read(text)).contains(counted);
        assertThat(amount.write(counted)).isEqualTo(written);
        assertThat(amount.read(written)).contains(counted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "lots",
                "-1",
                "1e3",
                "0x10",
                "1.0001Ki",
                "1 Gi",
                "1Gi\n",
                "1GiB",
                "٣",
                "999999999999999Ti",
                "1m",
                "$(reboot)"
            })
    void whatIsNoBytesIsNone(String text) {
        assertThat(Amount.MEMORY.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1Gi", "1.0005", "-500m", "m", "1k"})
    void whatIsNoProcessorIsNone(String text) {
        assertThat(Amount.CPU.read(text)).isEmpty();
    }
}
