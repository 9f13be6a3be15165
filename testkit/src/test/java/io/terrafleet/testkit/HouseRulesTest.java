package io.terrafleet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Each rule lets the good through and catches the bad. */
class HouseRulesTest {

    @Test
    void clockAndChanceAreCaughtOutsideWiring() {
        assertThat(violations(HouseRules.CLOCK_AND_CHANCE_COME_FROM_WIRING, ReadsTheClock.class))
                .isEqualTo(2);
        assertThat(violations(HouseRules.CLOCK_AND_CHANCE_COME_FROM_WIRING, AsksASource.class))
                .isZero();
    }

    @Test
    void packagesWithoutNullMarkedAreCaught() {
        JavaClasses unmarked = new ClassFileImporter().importClasses(String.class);
        assertThat(HouseRules.PACKAGES_ARE_NULL_MARKED.evaluate(unmarked).hasViolation())
                .isTrue();
        JavaClasses marked = new ClassFileImporter().importPackagesOf(AsksASource.class);
        assertThat(HouseRules.PACKAGES_ARE_NULL_MARKED.evaluate(marked).hasViolation())
                .isFalse();
    }

    @Test
    void rulesAboutServicesLeaveOthersAlone() {
        assertThat(violations(HouseRules.LOGS_GO_THROUGH_JBOSS_LOGGING, LogsElsewhere.class))
                .isZero();
    }

    private static int violations(ArchRule rule, Class<?> subject) {
        return rule.evaluate(new ClassFileImporter().importClasses(subject))
                .getFailureReport()
                .getDetails()
                .size();
    }

    static final class ReadsTheClock {
        String stamp() {
            return Instant.now() + " " + UUID.randomUUID();
        }
    }

    static final class AsksASource {
        String stamp(InstantSource source, Clock clock) {
            return source.instant() + " " + Instant.now(clock);
        }
    }

    static final class LogsElsewhere {
        void log() {
            Logger.getLogger("elsewhere").info("not a service");
        }
    }
}
