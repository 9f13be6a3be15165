-- Somebody signed in with a browser. Only the SHA-256 of the cookie is kept; the session ends with its token.
create table session (
    hash       bytea primary key,
    token_id   text        not null references token (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_token on session (token_id);
create index session_expires on session (expires_at);
