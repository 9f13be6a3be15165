-- A library policy has no text here: the policy-service ships it. Any other one can be asked once its text was uploaded.
create table policy (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    name            text        not null,
    description     text        not null,
    query           text        not null,
    enforcement     text        not null check (enforcement in ('advisory', 'mandatory', 'hard-mandatory')),
    library         boolean     not null,
    rego            text,
    rego_sha256     text,
    created_at      timestamptz not null,
    uploaded_at     timestamptz,
    check ((rego is null) = (rego_sha256 is null)),
    check (not (library and rego is not null))
);
create unique index policy_name on policy (organization_id, lower(name));

create table policy_set (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    name            text        not null,
    description     text        not null,
    global          boolean     not null,
    overridable     boolean     not null,
    library         boolean     not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create unique index policy_set_name on policy_set (organization_id, lower(name));

create table policy_set_policy (
    policy_set_id text not null references policy_set (id) on delete cascade,
    policy_id     text not null references policy (id) on delete cascade,
    primary key (policy_set_id, policy_id)
);
create index policy_set_policy_policy on policy_set_policy (policy_id);

create table policy_set_attachment (
    policy_set_id text not null references policy_set (id) on delete cascade,
    kind          text not null check (kind in ('workspaces', 'projects', 'workspace-exclusions', 'project-exclusions')),
    target_id     text not null,
    primary key (policy_set_id, kind, target_id)
);
create index policy_set_attachment_target on policy_set_attachment (target_id);

create table policy_set_parameter (
    id            text primary key,
    policy_set_id text        not null references policy_set (id) on delete cascade,
    key           text        not null,
    value         text        not null,
    created_at    timestamptz not null,
    unique (policy_set_id, key)
);

-- A set's texts as one archive, by what they are. Runs that were judged by it refer to it, so it stays.
create table policy_bundle (
    digest      text primary key,
    artifact_id text        not null references artifact (id),
    created_at  timestamptz not null
);
