package io.terrafleet.api.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.terrafleet.api.cost.Points.point;
import static io.terrafleet.api.cost.Points.share;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.budget.Budgets;
import io.terrafleet.api.cost.Costs;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of costs and budgets in a real browser. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class CostPagesIT {
    @Inject
    RunStory story;

    @Inject
    Costs costs;

    @Inject
    Budgets budgets;

    @TestHTTPResource("/")
    URI server;

    Browser browser;
    Page page;
    Tenant.Company company;
    Workspace production;
    Pictures pictures;

    @BeforeEach
    void somebodySignedIn() {
        browser = Browser.orSkip();
        page = browser.page();
        pictures = new Pictures(browser);
        company = story.company(Ids.make("shop", new Random()));
        production = story.workspace(company, "production");
        story.configure(company, production);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void whatIsSpentIsShownWithTheRunThatChangedIt() {
        Workspace staging = story.workspace(company, "staging");
        Run run = story.queued(company, production, "Larger database");
        Instant now = Instant.now();
        costs.record(point(
                production,
                now.minus(Duration.ofDays(150)),
                "USD",
                "0",
                share("aws_db_instance", "checkout", "310.25"),
                share("aws_instance", "checkout", "172.09")));
        costs.record(point(
                production,
                run.id(),
                now.minus(Duration.ofDays(12)),
                "USD",
                "482.34",
                share("aws_db_instance", "checkout", "1427.54"),
                share("aws_instance", "checkout", "705.49")));
        costs.record(point(
                staging, now.minus(Duration.ofDays(3)), "USD", "0", share("aws_instance", "<i>search</i>", "88.10")));

        signIn("/app/" + company.name());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Costs"))
                .click();
        assertThat(page.locator("h1")).hasText("Costs");
        assertThat(page.locator("main")).containsText("$2,221.13 a month");
        assertThat(page.locator("main")).containsText("+$1,650.69");
        pictures.of("costs");
        page.getByLabel("Group by").selectOption("tag");
        page.getByLabel("Tag", new Page.GetByLabelOptions().setExact(true)).fill("team");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .click();
        assertThat(page.locator("main")).containsText("<i>search</i>");
        assertThat(page.locator("main h2").first()).hasText("By tag");
        pictures.of("costs-by-tag");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Larger database"))
                .click();
        page.waitForURL("**/runs/" + run.id());
        page.navigate(at("/app/" + company.name() + "/production"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("over time"))
                .click();
        assertThat(page.locator("main")).containsText("$2,133.03 a month");
        assertThat(page.locator("main")).containsText("aws_db_instance");
        pictures.of("workspace-costs");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aBudgetIsSetChangedAndRemoved() {
        String path = "/app/" + company.name() + "/~budgets";
        signIn(path);
        pictures.of("budgets-empty");
        page.getByLabel("Name").fill("shop production");
        page.getByLabel("On", new Page.GetByLabelOptions().setExact(true)).fill("production");
        page.getByLabel("At most a month").fill("lots");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Set").setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("An amount must be a number");
        assertThat(page.getByLabel("Name")).hasValue("shop production");
        page.getByLabel("At most a month").fill("2,000");
        page.getByLabel("in percent").fill("15");
        page.getByLabel("What exceeds it").selectOption("approval");
        page.getByLabel("A plan without an estimate").selectOption("block");
        page.getByLabel("Who approves").fill("owners, nobody-of-ours");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Set").setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("\"nobody-of-ours\"");
        page.getByLabel("Who approves").fill("owners");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Set").setExact(true))
                .click();
        assertThat(page.locator(".budgets")).containsText("at most $2,000.00 a month, at most 15 % more at once");
        assertThat(page.locator(".budgets")).containsText("workspace production");
        assertThat(page.locator(".budgets")).containsText("approved by owners");
        pictures.of("budgets");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change shop production"))
                .click();
        page.getByLabel("At most a month").fill("2500");
        pictures.of("budgets-change");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Change").setExact(true))
                .click();
        assertThat(page.locator(".budgets")).containsText("at most $2,500.00 a month");
        assertThat(budgets.applicableTo(production).getFirst().maximumPercent()).isPresent();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove shop production"))
                .click();
        assertThat(page.locator("main")).containsText("No budget yet");
        assertThat(budgets.count(company.id())).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        signIn("/app/" + company.name() + "/~budgets", story.reader(company));
        assertThat(page.locator("main button")).hasCount(0);
        page.navigate(at("/app/" + company.name() + "/~costs"));
        assertThat(page.locator("main")).containsText("Nothing is known to be spent yet");
        pictures.of("costs-empty");
        page.navigate(at("/app/somebody-elses/~costs"));
        assertThat(page.locator("h1")).hasText("Not found");
    }

    private void signIn(String path) {
        signIn(path, company.owner());
    }

    private void signIn(String path, Tenant.Person person) {
        page.navigate(at(path));
        page.getByLabel("API token").fill(person.token());
        page.keyboard().press("Enter");
        page.waitForURL("**" + path);
    }

    private String at(String path) {
        return server.resolve(path).toString();
    }
}
