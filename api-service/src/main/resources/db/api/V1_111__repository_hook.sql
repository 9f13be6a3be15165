-- Beside the one address of a connection, which a person enters at the host, each repository may have one of its own with a secret of its own,
-- which is made there by the platform.
alter table webhook drop constraint webhook_client_id_key;
alter table webhook add column repository_id text references repository (id) on delete cascade;
create unique index webhook_client on webhook (client_id) where repository_id is null;
create unique index webhook_repository on webhook (repository_id) where repository_id is not null;
create index webhook_of_client on webhook (client_id);

create table repository_hook (
    repository_id text primary key references repository (id) on delete cascade,
    host_id       text,
    state         text        not null check (state in ('wanted', 'made', 'by-hand', 'failed')),
    note          text        not null default '',
    tries         int         not null default 0,
    due_at        timestamptz,
    updated_at    timestamptz not null
);
create index repository_hook_due on repository_hook (due_at) where due_at is not null;
