create table notification_configuration (
    id               text primary key,
    organization_id  text        not null references organization (id) on delete cascade,
    workspace_id     text references workspace (id) on delete cascade,
    project_id       text references project (id) on delete cascade,
    name             text        not null,
    destination      text        not null check (destination in ('generic', 'slack', 'microsoft-teams', 'email')),
    enabled          boolean     not null,
    url              text        not null,
    sealed_token     bytea,
    triggers         text[]      not null,
    email_addresses  text[]      not null,
    user_ids         text[]      not null,
    -- The latest answers of the destination, newest first.
    responses        jsonb       not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    check ((workspace_id is null) <> (project_id is null))
);
create index notification_configuration_workspace on notification_configuration (workspace_id);
create index notification_configuration_project on notification_configuration (project_id);

-- What is still to be sent. Written in the transaction of what it tells of.
create table notification_delivery (
    id               bigint generated always as identity primary key,
    configuration_id text        not null references notification_configuration (id) on delete cascade,
    message          jsonb       not null,
    attempts         integer     not null,
    due_at           timestamptz not null
);
create index notification_delivery_due on notification_delivery (due_at);
