package io.terrafleet.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The words that the house rules are said in. */
final class HousePredicates {
    private static final List<String> SERVICES = List.of("api", "worker", "policy", "cost");

    /** Owner to methods; a constructor is {@code <init>}. {@code System.nanoTime} measures and tells no time, so it may be called. */
    private static final Map<String, Set<String>> CLOCK_AND_CHANCE = Map.ofEntries(
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.time.OffsetDateTime", Set.of("now")),
            Map.entry("java.time.InstantSource", Set.of("system")),
            Map.entry(
                    "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone", "tickSeconds", "tickMillis")),
            Map.entry("java.lang.System", Set.of("currentTimeMillis")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.util.Random", Set.of("<init>")),
            Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstanceStrong", "getInstance")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
            Map.entry("java.util.UUID", Set.of("randomUUID")));

    private HousePredicates() {}

    /** Nested classes count as their file. */
    static DescribedPredicate<JavaClass> writtenInFileEnding(String... endings) {
        return DescribedPredicate.describe(
                "are written in *" + String.join(", *", endings),
                type -> Arrays.stream(endings).anyMatch(topLevel(type).getSimpleName()::endsWith));
    }

    static DescribedPredicate<JavaCall<?>> callsClockOrChance() {
        return DescribedPredicate.describe(
                "reads the clock or draws by chance",
                call -> CLOCK_AND_CHANCE
                                .getOrDefault(call.getTargetOwner().getFullName(), Set.of())
                                .contains(call.getTarget().getName())
                        && call.getTarget().getRawParameterTypes().stream()
                                .noneMatch(type -> type.isAssignableTo(java.time.Clock.class)));
    }

    static DescribedPredicate<JavaClass> inService() {
        return DescribedPredicate.describe("belong to a service", type -> SERVICES.contains(service(type)));
    }

    static DescribedPredicate<JavaClass> pureByName() {
        return DescribedPredicate.describe(
                "decide",
                type -> topLevel(type).getSimpleName().endsWith("Lifecycle")
                        || type.getPackageName().startsWith("io.terrafleet.policy.evaluation")
                        || type.getPackageName().startsWith("io.terrafleet.cost.estimate"));
    }

    static ArchCondition<JavaClass> ofAnotherService() {
        return new ArchCondition<>("depend on another service") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String other = service(dependency.getTargetClass());
                    boolean another = SERVICES.contains(other) && !other.equals(service(type));
                    events.add(new SimpleConditionEvent(type, another, dependency.getDescription()));
                }
            }
        };
    }

    static ArchCondition<JavaClass> inNullMarkedPackage() {
        return new ArchCondition<>("be in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + " has no package-info.java with @NullMarked"));
            }
        };
    }

    private static String service(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 2 && parts[0].equals("io") && parts[1].equals("terrafleet") ? parts[2] : "";
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
