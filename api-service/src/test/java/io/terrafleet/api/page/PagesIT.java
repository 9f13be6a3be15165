package io.terrafleet.api.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Phase;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages in a real browser. With {@code -Dterrafleet.pictures=DIR} it leaves a picture of each. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PagesIT {
    @Inject
    RunStory story;

    @TestHTTPResource("/")
    URI server;

    Browser browser;
    Page page;
    Tenant.Company company;
    Workspace workspace;

    @BeforeEach
    void somebodySignedIn() {
        browser = Browser.orSkip();
        page = browser.page();
        company = story.company(Ids.make("shop", new Random()));
        workspace = story.workspace(company, "production");
        story.configure(company, workspace);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aRunIsFollowedFromItsStartToItsEnd() {
        signIn("/app/" + company.name() + "/production");
        pictures("workspace-empty");
        page.getByLabel("Why").fill("Larger database, new availability zone");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start"))
                .click();
        page.waitForURL("**/runs/run-*");
        Run run = current();
        assertThat(pill()).hasText("Plan queued");
        page.waitForCondition(() -> "stream".equals(page.locator("#run-page").getAttribute("data-live")));

        story.planning(run.id());
        assertThat(pill()).hasText("Planning");
        assertThat(log("plan")).containsText("Initializing the backend...");
        story.log(run.id(), Phase.PLAN, "aws_nat_gateway.a: Refreshing state...\n");
        assertThat(log("plan")).containsText("Refreshing state");
        pictures("run-planning");

        story.planned(run.id());
        assertThat(pill()).hasText("Checking");
        assertThat(page.locator(".changes .address").first()).hasText("aws_cloudwatch_log_group.handed_over");
        assertThat(log("plan")).containsText("<script>alert(1)</script>");
        assertThat(log("plan").locator(".t-k1").first()).hasText("replaced");
        pictures("run-checking");

        story.priced(run.id());
        assertThat(page.locator("#run-cost")).containsText("+$1,650.69");
        story.judged(run.id());
        assertThat(pill()).hasText("Needs override");
        assertThat(page.locator("#run-policy")).containsText("open to <b>0.0.0.0/0</b>");
        pictures("run-blocked");

        page.getByLabel("Comment").fill("agreed with security until Friday");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Override and continue"))
                .click();
        assertThat(pill()).hasText("Needs confirmation");
        pictures("run-confirm");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Confirm and apply, destroys 4"))
                .click();
        assertThat(pill()).hasText("Apply queued");
        story.applying(run.id());
        assertThat(pill()).hasText("Applying");
        assertThat(log("apply")).containsText("Still creating");
        pictures("run-applying");
        story.applied(run.id());
        assertThat(pill()).hasText("Applied");
        assertThat(log("apply")).containsText("Apply complete!");
        assertThat(page.locator("#run-page")).hasAttribute("data-live", "over");
        assertThat(page.locator("#said")).hasText("The run is now: applied");
        pictures("run-applied");
        assertThat(browser.complaints()).isEmpty();

        page.navigate(at("/app/" + company.name()));
        story.workspace(company, "staging");
        story.workspace(company, "network-eu-central");
        page.reload();
        pictures("workspaces");
        page.navigate(at("/app/" + company.name() + "/production"));
        pictures("workspace");
        page.navigate(at("/app/" + company.name() + "/nothing-here"));
        assertThat(page.locator("h1")).hasText("Not found");
        pictures("not-found");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theKeyboardReachesEverythingAndFocusStays() {
        Run run = story.queued(company, workspace, "keyboard");
        story.planning(run.id());
        story.planned(run.id());
        signIn("/app/" + company.name() + "/production/runs/" + run.id());
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();

        page.waitForCondition(() -> "stream".equals(page.locator("#run-page").getAttribute("data-live")));
        Locator first = page.locator(".changes summary").first();
        first.focus();
        boolean open = first.evaluate("s => s.parentElement.open").equals(true);
        page.keyboard().press("Enter");
        assertThat(first.evaluate("s => s.parentElement.open")).isEqualTo(!open);
        Locator comment = page.getByLabel("Comment");
        comment.fill("half a sent");
        story.priced(run.id());
        assertThat(page.locator("#run-cost")).containsText("+$1,650.69");
        assertThat(comment).isFocused();
        assertThat(comment).hasValue("half a sent");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void withoutAStreamThePageAsks() {
        Run run = story.queued(company, workspace, "polling");
        page.route("**/events", route -> route.abort());
        signIn("/app/" + company.name() + "/production/runs/" + run.id());
        page.waitForCondition(() -> "polling".equals(page.locator("#run-page").getAttribute("data-live")));
        story.planning(run.id());
        assertThat(pill()).hasText("Planning");
        assertThat(log("plan")).containsText("Initializing the backend...");
    }

    @Test
    void aThemeIsChosenAndKept() {
        signIn("/app/" + company.name());
        String light = ground();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dark theme"))
                .click();
        assertThat(ground()).isNotEqualTo(light);
        page.reload();
        assertThat(ground()).isNotEqualTo(light);
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoMayOnlyReadSeesNoButtons() {
        Run run = story.queued(company, workspace, "read only");
        story.planning(run.id());
        Tenant.Person reader = story.reader(company);
        signIn("/app/" + company.name() + "/production/runs/" + run.id(), reader);
        assertThat(pill()).hasText("Planning");
        assertThat(page.locator("#run-buttons button")).hasCount(0);
        page.navigate(at("/app/" + company.name() + "/production"));
        assertThat(page.locator("main button")).hasCount(0);
    }

    /** Who has started the run is not asked; of the two others each sees how far the override has come. */
    @Test
    void twoPeopleOverrideOneAfterTheOther() {
        Run run = story.queued(company, workspace, "open the bastion");
        story.planning(run.id());
        story.planned(run.id());
        story.priced(run.id());
        story.judgedForTwo(run.id());
        String path = "/app/" + company.name() + "/production/runs/" + run.id();
        Locator override =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("[Oo]verride")));
        signIn(path);
        assertThat(page.locator("#run-lead")).containsText("Override: 0 of 2 approved.");
        assertThat(override).hasCount(0);

        Tenant.Person first = story.owner(company);
        switchTo(path, first);
        pictures("run-needs-two");
        page.getByLabel("Comment").fill("agreed until Friday");
        assertThat(override).hasText("Approve the override, 1 more needed");
        override.click();
        String words = "1 of 2 approved: " + first.principal().name() + " (agreed until Friday)";
        assertThat(page.locator("#run-lead")).containsText(words);
        assertThat(page.locator("#run-policy")).containsText(words);
        assertThat(override).hasCount(0);
        pictures("run-needs-one-more");

        switchTo(path, story.owner(company));
        assertThat(override).hasText("Override and continue");
        pictures("run-second-of-two");
        override.click();
        assertThat(pill()).hasText("Needs confirmation");
        assertThat(browser.complaints()).isEmpty();
    }

    private void switchTo(String path, Tenant.Person person) {
        page.context().clearCookies();
        signIn(path, person);
    }

    private Run current() {
        String url = page.url();
        return story.find(url.substring(url.lastIndexOf('/') + 1));
    }

    private Locator pill() {
        return page.locator("#run-state > .pill");
    }

    private Locator log(String phase) {
        return page.locator("[data-log=" + phase + "] pre");
    }

    private String ground() {
        return String.valueOf(page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }

    private void signIn(String path) {
        signIn(path, company.owner());
    }

    private void signIn(String path, Tenant.Person person) {
        page.navigate(at(path));
        assertThat(page.locator("h1")).hasText("Sign in");
        pictures("sign-in");
        page.getByLabel("API token").fill(person.token());
        page.keyboard().press("Enter");
        page.waitForURL("**" + path);
    }

    private String at(String path) {
        return server.resolve(path).toString();
    }

    private void pictures(String name) {
        new Pictures(browser).of(name);
    }
}
