-- Facts that wait for the broker. Rows go when the broker has acknowledged them.
create table outbox (
    id         bigint generated always as identity primary key,
    event_id   uuid        not null,
    topic      text        not null,
    key        text        not null,
    type       text        not null,
    value      bytea       not null,
    error      text,
    created_at timestamptz not null
);

-- Facts that were taken, so that a second delivery changes nothing.
create table inbox (
    consumer    text        not null,
    event_id    text        not null,
    received_at timestamptz not null,
    primary key (consumer, event_id)
);
create index inbox_received_at on inbox (received_at);
