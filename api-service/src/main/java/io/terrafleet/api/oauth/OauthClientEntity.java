package io.terrafleet.api.oauth;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "oauth_client")
@SuppressWarnings("NullAway.Init")
class OauthClientEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Nullable
    String name;

    @Column(name = "service_provider")
    String serviceProvider;

    @Column(name = "http_url")
    String httpUrl;

    @Column(name = "api_url")
    String apiUrl;

    @Nullable
    String key;

    @Column(name = "sealed_secret")
    byte @Nullable [] sealedSecret;

    @Column(name = "rsa_public_key")
    @Nullable
    String rsaPublicKey;

    @Column(name = "app_id")
    @Nullable
    String appId;

    @Column(name = "app_installation_id")
    @Nullable
    String appInstallationId;

    @Column(name = "organization_scoped")
    boolean organizationScoped;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @ElementCollection
    @CollectionTable(name = "oauth_client_project", joinColumns = @JoinColumn(name = "client_id"))
    @Column(name = "project_id")
    @Fetch(FetchMode.SUBSELECT)
    Set<String> projectIds = new HashSet<>();

    String context() {
        return "oauth-client/" + id;
    }
}
