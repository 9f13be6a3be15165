-- Sealed when the keyset was new. At every start it proves that the keyset at hand is the one that all other rows were sealed with.
create table secret_proof (
    id     integer primary key check (id = 1),
    sealed bytea not null
);

-- A file in the artifact directory; sha256 and size are those of the plain content.
create table artifact (
    id         text primary key,
    sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size       bigint      not null check (size >= 0),
    sealed_key bytea       not null,
    created_at timestamptz not null
);
