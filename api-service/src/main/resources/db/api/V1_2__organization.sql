create table organization (
    id                            text primary key,
    name                          text        not null,
    email                         text        not null,
    default_execution_mode        text        not null check (default_execution_mode in ('remote', 'local')),
    allow_force_delete_workspaces boolean     not null,
    created_at                    timestamptz not null
);
create unique index organization_name on organization (lower(name));

-- What hangs on an organization goes with it.
alter table membership add foreign key (organization_id) references organization (id) on delete cascade;
alter table token add foreign key (organization_id) references organization (id) on delete cascade;

create table project (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    name            text        not null,
    description     text        not null,
    is_default      boolean     not null,
    created_at      timestamptz not null
);
create unique index project_name on project (organization_id, lower(name));
create unique index project_default on project (organization_id) where is_default;
