-- Keys that were made to seal with, by whom and when the audit trail says; hex of the number that the keyset gives them.
create table sealing_key (
    id           text primary key check (id ~ '^[0-9a-f]{8}$'),
    made_at      timestamptz not null,
    withdrawn_at timestamptz
);

-- How far the one job is that seals everything again with the newest key.
create table resealing (
    id             smallint primary key check (id = 1),
    key            text        not null,
    begun_at       timestamptz not null,
    resealed       bigint      not null,
    pass_begun_at  timestamptz not null,
    pass_ended_at  timestamptz,
    pass_column    integer     not null,
    pass_after     text        not null,
    pass_foreign   bigint      not null,
    pass_counts    text        not null,
    counts         text        not null,
    counted_at     timestamptz,
    finished_at    timestamptz
);
