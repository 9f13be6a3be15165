-- One address for each connection, with a secret that its host signs with.
create table webhook (
    id            text primary key,
    client_id     text        not null unique references oauth_client (id) on delete cascade,
    sealed_secret bytea       not null,
    created_at    timestamptz not null,
    rotated_at    timestamptz not null
);

-- What came in, whether it was taken or not.
create table webhook_delivery (
    number       bigint generated always as identity unique,
    id           text primary key,
    webhook_id   text        not null references webhook (id) on delete cascade,
    delivery     text        not null,
    event        text        not null,
    repository   text        not null default '',
    body_sha256  text        not null,
    sealed_body  bytea,
    size         int         not null,
    state        text        not null check (state in ('received', 'processed', 'refused', 'failed')),
    note         text        not null default '',
    received_at  timestamptz not null,
    processed_at timestamptz
);
create unique index webhook_delivery_once on webhook_delivery (webhook_id, delivery) where state <> 'refused';
create index webhook_delivery_list on webhook_delivery (webhook_id, number desc);
create index webhook_delivery_body on webhook_delivery (webhook_id, body_sha256) where state <> 'refused';
create index webhook_delivery_old on webhook_delivery (received_at);
