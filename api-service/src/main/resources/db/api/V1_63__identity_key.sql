-- Keys that workload identity tokens are signed with. All that stand here are published; the newest signs.
create table identity_key (
    id          text primary key,
    sealed_key  bytea       not null,
    public_jwk  text        not null,
    created_at  timestamptz not null
);
