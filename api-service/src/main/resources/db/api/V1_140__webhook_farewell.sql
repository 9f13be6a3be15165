-- Webhooks that the platform has made at hosts and whose connection is gone: what it takes to take them away there, for a day at most.
create table webhook_farewell (
    id                  text primary key,
    repository          text        not null,
    host_id             text        not null,
    service_provider    text        not null,
    http_url            text        not null,
    api_url             text        not null,
    app_id              text,
    app_installation_id text,
    sealed_token        bytea       not null,
    tries               int         not null default 0,
    due_at              timestamptz not null,
    created_at          timestamptz not null
);
create index webhook_farewell_due on webhook_farewell (due_at);
