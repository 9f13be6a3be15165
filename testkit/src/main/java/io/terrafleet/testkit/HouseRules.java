package io.terrafleet.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.terrafleet.testkit.HousePredicates.callsClockOrChance;
import static io.terrafleet.testkit.HousePredicates.inNullMarkedPackage;
import static io.terrafleet.testkit.HousePredicates.inService;
import static io.terrafleet.testkit.HousePredicates.ofAnotherService;
import static io.terrafleet.testkit.HousePredicates.pureByName;
import static io.terrafleet.testkit.HousePredicates.writtenInFileEnding;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The house rules that a machine can check. A module holds itself to them with
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "io.terrafleet.cost", importOptions = ImportOption.DoNotIncludeTests.class)
 * class HouseRulesTest implements HouseRules {}
 * }</pre>
 */
public interface HouseRules {
    @ArchTest
    ArchRule ROOMS_HAVE_NO_CYCLES = slices().matching("io.terrafleet.*.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("a room can be understood, tested and moved by itself");

    @ArchTest
    ArchRule JPA_STAYS_IN_STORES = noClasses()
            .that(not(writtenInFileEnding("Store", "Entity")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..", "io.quarkus.panache..")
            .allowEmptyShould(true)
            .because("rows never leave their room");

    @ArchTest
    ArchRule HTTP_STAYS_IN_RESOURCES = noClasses()
            .that(not(writtenInFileEnding(
                    "Resource", "Page", "Filter", "Mapper", "Mappers", "Documents", "Reader", "Writer")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..")
            .allowEmptyShould(true)
            .because(
                    "a door speaks the domain; resources, pages, their documents, filters, exception mappers and body readers speak HTTP");

    @ArchTest
    ArchRule KAFKA_COMES_IN_BY_LISTENERS = noMethods()
            .that()
            .areDeclaredInClassesThat(not(writtenInFileEnding("Listener")))
            .should()
            .beAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")
            .allowEmptyShould(true)
            .because("a listener translates and calls the door; nothing else hears Kafka");

    @ArchTest
    ArchRule CLOCK_AND_CHANCE_COME_FROM_WIRING = noClasses()
            .that(not(writtenInFileEnding("Wiring")))
            .should()
            .callCodeUnitWhere(callsClockOrChance())
            .allowEmptyShould(true)
            .because("a test must be able to say what time it is and what the next id is");

    @ArchTest
    ArchRule LOGS_GO_THROUGH_JBOSS_LOGGING = noClasses()
            .that(inService())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .allowEmptyShould(true)
            .because("one log, with the same keys everywhere");

    @ArchTest
    ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(inNullMarkedPackage())
            .allowEmptyShould(true)
            .because("every package has a package-info.java with one sentence and @NullMarked");

    @ArchTest
    ArchRule NO_SERVICE_KNOWS_ANOTHER = noClasses()
            .that(inService())
            .should(ofAnotherService())
            .allowEmptyShould(true)
            .because("services talk through Kafka and HTTP only");

    @ArchTest
    ArchRule DECISIONS_ARE_PURE = noClasses()
            .that(pureByName())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..",
                    "jakarta.ws.rs..",
                    "jakarta.transaction..",
                    "io.quarkus..",
                    "org.eclipse.microprofile.reactive..",
                    "java.sql..",
                    "java.net.http..")
            .allowEmptyShould(true)
            .because("what a run becomes, a verdict and an estimate are functions of their input");

    @ArchTest
    ArchRule KUBERNETES_STAYS_IN_POD = noClasses()
            .that(not(resideInAPackage("io.terrafleet.worker.pod..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .allowEmptyShould(true)
            .because("only one room knows what a pod is");
}
