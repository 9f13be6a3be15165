-- What a site administrator sets for the whole installation; secrets are sealed.
create table site_setting (
    name       text primary key,
    content    jsonb       not null,
    sealed     bytea,
    updated_at timestamptz not null
);

-- Versions of terraform that an administrator has something to say about. Without any, whatever the workers find is taken.
create table tool_version (
    id                text primary key,
    version           text        not null unique,
    enabled           boolean     not null,
    beta              boolean     not null,
    deprecated        boolean     not null,
    deprecated_reason text,
    created_at        timestamptz not null
);

alter table organization add column disabled boolean not null default false;
alter table organization add column workspace_limit integer check (workspace_limit > 0);
alter table organization add column global_module_sharing boolean not null default false;
alter table organization add column global_provider_sharing boolean not null default false;
alter table organization add column access_beta_tools boolean not null default false;
alter table organization add column plan_timeout_seconds bigint check (plan_timeout_seconds > 0);
alter table organization add column apply_timeout_seconds bigint check (apply_timeout_seconds > 0);

-- Whose runs may take modules from the organization's registry.
create table module_consumer (
    organization_id text not null references organization (id) on delete cascade,
    consumer_id     text not null references organization (id) on delete cascade,
    primary key (organization_id, consumer_id)
);
create index module_consumer_consumer on module_consumer (consumer_id);
