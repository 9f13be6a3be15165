package io.terrafleet.api.oauth;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.organization.OrganizationDeletion;
import io.terrafleet.api.organization.ProjectDeletion;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to connections and their tokens. Secrets go in and are never shown again. */
@ApplicationScoped
public class OauthClients {
    private static final int MOST_OF_ORGANIZATION = 100;
    private static final int MOST_PROJECTS = 1_000;

    private final OauthStore store;
    private final Projects projects;
    private final Secrets secrets;
    private final AppTokens apps;
    private final Event<OauthClientChanged> changed;
    private final Event<OauthClientDeletion> deletions;
    private final InstantSource clock;
    private final RandomGenerator random;

    OauthClients(
            OauthStore store,
            Projects projects,
            Secrets secrets,
            AppTokens apps,
            Event<OauthClientChanged> changed,
            Event<OauthClientDeletion> deletions,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.projects = projects;
        this.secrets = secrets;
        this.apps = apps;
        this.changed = changed;
        this.deletions = deletions;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    Optional<OauthClient> find(String id) {
        return store.find(OauthClientEntity.class, id).map(this::view);
    }

    /** Oldest first; at most {@value #MOST_OF_ORGANIZATION} by what an organization may have. */
    @Transactional
    List<OauthClient> list(String organizationId) {
        return store.clients(organizationId).stream().map(this::view).toList();
    }

    @Transactional
    OauthClient create(String organizationId, OauthSettings settings, Collection<String> projectIds) {
        if (store.clients(organizationId).size() >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " OAuth clients.");
        }
        OauthClientEntity row = new OauthClientEntity();
        row.id = Ids.make("oc", random);
        row.organizationId = organizationId;
        row.serviceProvider =
                settings.provider().orElseThrow(() -> blank("service-provider")).word();
        row.httpUrl = settings.httpUrl().orElseThrow(() -> blank("http-url"));
        row.apiUrl = settings.apiUrl().orElseThrow(() -> blank("api-url"));
        row.organizationScoped = true;
        row.createdAt = clock.instant();
        put(row, settings);
        store.add(row);
        settings.token().filter(text -> !text.isBlank()).ifPresent(token -> add(row, token));
        attach(row, projectIds);
        return view(row);
    }

    @Transactional
    OauthClient change(String id, OauthSettings settings) {
        OauthClientEntity row = client(id);
        put(row, settings);
        settings.token().filter(text -> !text.isBlank()).ifPresent(token -> replace(row, token));
        store.flush();
        changed.fire(new OauthClientChanged(id));
        return view(row);
    }

    @Transactional
    void delete(String id) {
        OauthClientEntity row = client(id);
        deleting(row);
        store.tokens(id).forEach(store::remove);
        store.remove(row);
    }

    @Transactional
    void addProjects(String id, Collection<String> projectIds) {
        attach(client(id), projectIds);
    }

    @Transactional
    void removeProjects(String id, Collection<String> projectIds) {
        client(id).projectIds.removeAll(projectIds);
        store.flush();
    }

    @Transactional
    Optional<OauthClient.Token> token(String id) {
        return store.find(OauthTokenEntity.class, id)
                .flatMap(token -> store.find(OauthClientEntity.class, token.clientId)
                        .map(client -> view(token, client.organizationId)));
    }

    /** @param sshKey taken away when empty */
    @Transactional
    OauthClient.Token changeToken(String id, Optional<String> sshKey) {
        OauthTokenEntity token = store.forUpdate(OauthTokenEntity.class, id).orElseThrow(Problem::notFound);
        sshKey.ifPresent(text -> token.sealedSshKey = text.isEmpty() ? null : secrets.seal(text, token.sshContext()));
        store.flush();
        return token(id).orElseThrow(Problem::notFound);
    }

    @Transactional
    void deleteToken(String id) {
        store.remove(store.forUpdate(OauthTokenEntity.class, id).orElseThrow(Problem::notFound));
    }

    private void deleting(OauthClientEntity row) {
        Optional<Credential> credential =
                store.tokens(row.id).stream().findFirst().map(token -> credential(row, token));
        deletions.fire(new OauthClientDeletion(row.id, credential));
    }

    /** For rooms that fetch from the provider; empty for a token of another organization. */
    @Transactional
    public Optional<Credential> credential(String tokenId, String organizationId) {
        return store.find(OauthTokenEntity.class, tokenId)
                .flatMap(token -> store.find(OauthClientEntity.class, token.clientId)
                        .filter(client -> client.organizationId.equals(organizationId))
                        .map(client -> credential(client, token)));
    }

    private Credential credential(OauthClientEntity client, OauthTokenEntity token) {
        Optional<Credential.Installation> app = client.appId == null || client.appInstallationId == null
                ? Optional.empty()
                : Optional.of(new Credential.Installation(client.appId, client.appInstallationId));
        return new Credential(
                client.id,
                ServiceProvider.of(client.serviceProvider).orElseThrow(),
                URI.create(client.httpUrl),
                URI.create(client.apiUrl),
                secrets.unsealText(token.sealedToken, token.context()),
                app,
                Optional.ofNullable(token.sealedSshKey).map(key -> secrets.unsealText(key, token.sshContext())));
    }

    /** Of the connection's oldest token; empty where it has none. */
    @Transactional
    public Optional<Credential> credentialOf(String clientId, String organizationId) {
        return store.tokens(clientId).stream().findFirst().flatMap(token -> credential(token.id, organizationId));
    }

    /** What opens the host. GitHub may be asked for it, so no transaction waits meanwhile; empty when it gives nothing. */
    @Transactional(Transactional.TxType.NEVER)
    public Optional<RepositoryAccess> access(Credential credential) {
        Optional<String> token = credential.app().isEmpty()
                ? Optional.of(credential.secret())
                : credential
                        .app()
                        .flatMap(app ->
                                apps.token(credential.api(), new AppKey(app.app(), credential.secret()), app.id()));
        return token.map(good -> new RepositoryAccess(
                credential.clientId(),
                credential.provider(),
                credential.base(),
                credential.api(),
                good,
                credential.sshKey()));
    }

    /** The kind of a connection. */
    @Transactional
    public Optional<ServiceProvider> provider(String clientId) {
        return store.find(OauthClientEntity.class, clientId)
                .flatMap(client -> ServiceProvider.of(client.serviceProvider));
    }

    /** The organization of a connection. */
    @Transactional
    public Optional<String> organizationOf(String clientId) {
        return store.find(OauthClientEntity.class, clientId).map(client -> client.organizationId);
    }

    void forget(@Observes ProjectDeletion deletion) {
        store.clients(deletion.project().organizationId())
                .forEach(client -> client.projectIds.remove(deletion.project().id()));
        store.flush();
    }

    void forget(@Observes OrganizationDeletion deletion) {
        store.clients(deletion.organization().id()).forEach(this::deleting);
    }

    private OauthClientEntity client(String id) {
        return store.forUpdate(OauthClientEntity.class, id).orElseThrow(Problem::notFound);
    }

    private void put(OauthClientEntity row, OauthSettings settings) {
        settings.name().ifPresent(value -> row.name = value);
        settings.key().ifPresent(value -> row.key = value);
        settings.secret()
                .ifPresent(value -> row.sealedSecret = value.isEmpty() ? null : secrets.seal(value, row.context()));
        settings.rsaPublicKey().ifPresent(value -> row.rsaPublicKey = value);
        settings.app().ifPresent(app -> {
            if (!ServiceProvider.of(row.serviceProvider).orElseThrow().hasApps()) {
                throw Problem.invalid("github-app-id", "Github app id is for GitHub and GitHub Enterprise only");
            }
            row.appId = app.id();
            row.appInstallationId = app.installation();
        });
        settings.organizationScoped().ifPresent(value -> row.organizationScoped = value);
        row.updatedAt = clock.instant();
    }

    /** Whatever names the token by its id goes on with the new one. */
    private void replace(OauthClientEntity client, String text) {
        List<OauthTokenEntity> known = store.tokens(client.id);
        if (known.isEmpty()) {
            add(client, text);
            return;
        }
        requireKeyOfApp(client, text);
        known.forEach(token -> token.sealedToken = secrets.seal(text, token.context()));
    }

    private void requireKeyOfApp(OauthClientEntity client, String text) {
        if (client.appId != null) {
            requireKey(client.appId, text);
        }
    }

    private void add(OauthClientEntity client, String text) {
        requireKeyOfApp(client, text);
        OauthTokenEntity token = new OauthTokenEntity();
        token.id = Ids.make("ot", random);
        token.clientId = client.id;
        token.serviceProviderUser = "";
        token.sealedToken = secrets.seal(text, token.context());
        token.createdAt = clock.instant();
        store.add(token);
    }

    private void requireKey(String app, String pem) {
        try {
            new AppKey(app, pem).statement(clock.instant());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "oauth-token-string",
                    "Oauth token string must be the private key of the GitHub App in PEM form, as GitHub gives it");
        }
    }

    private void attach(OauthClientEntity row, Collection<String> projectIds) {
        for (String id : projectIds) {
            boolean own = projects.find(id)
                    .filter(project -> project.organizationId().equals(row.organizationId))
                    .isPresent();
            if (!own) {
                throw Problem.invalidRelationship("projects", "There is no such project in this organization");
            }
            row.projectIds.add(id);
        }
        if (row.projectIds.size() > MOST_PROJECTS) {
            throw Problem.invalidRelationship("projects", "A client may have at most " + MOST_PROJECTS + " projects");
        }
        store.flush();
    }

    private OauthClient view(OauthClientEntity row) {
        return new OauthClient(
                row.id,
                row.organizationId,
                Optional.ofNullable(row.name),
                ServiceProvider.of(row.serviceProvider).orElseThrow(),
                row.httpUrl,
                row.apiUrl,
                Optional.ofNullable(row.key),
                Optional.ofNullable(row.rsaPublicKey),
                row.organizationScoped,
                row.projectIds.stream().sorted().toList(),
                store.tokens(row.id).stream()
                        .map(token -> view(token, row.organizationId))
                        .toList(),
                row.createdAt,
                row.updatedAt);
    }

    private static OauthClient.Token view(OauthTokenEntity row, String organizationId) {
        return new OauthClient.Token(
                row.id, row.clientId, organizationId, row.serviceProviderUser, row.sealedSshKey != null, row.createdAt);
    }

    private static Problem blank(String attribute) {
        String words = attribute.replace('-', ' ');
        return Problem.invalid(
                attribute, Character.toUpperCase(words.charAt(0)) + words.substring(1) + " can't be blank");
    }
}
