package io.terrafleet.api.access;

import io.terrafleet.api.access.Tokens.Issued;
import io.terrafleet.api.access.Tokens.Token;
import io.terrafleet.api.document.Resource;
import org.jspecify.annotations.Nullable;

/** Tokens as the API shows them: the secret once, when it was issued. */
public final class TokenView {
    private TokenView() {}

    public static Resource of(Token token) {
        return of(token, null);
    }

    public static Resource of(Issued issued) {
        return of(issued.token(), issued.secret());
    }

    private static Resource of(Token token, @Nullable String secret) {
        return Resource.of("authentication-tokens", token.id())
                .with("description", token.description())
                .with("created-at", token.createdAt())
                .with("last-used-at", token.lastUsedAt())
                .with("expired-at", token.expiresAt())
                .with("token", secret)
                .toOne("team", "teams", token.teamId().orElse(null))
                .toOne(
                        "created-by",
                        "users",
                        token.createdBy().or(token::userId).orElse(null));
    }
}
