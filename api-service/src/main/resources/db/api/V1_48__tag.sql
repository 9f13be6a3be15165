-- What all workspaces of a project inherit.
create table project_tag (
    project_id text not null references project (id) on delete cascade,
    key        text not null,
    value      text not null,
    primary key (project_id, key)
);
create index project_tag_key on project_tag (key, value);

-- Keys that an organization has a meaning for.
create table reserved_tag_key (
    id                text primary key,
    organization_id   text        not null references organization (id) on delete cascade,
    key               text        not null,
    disable_overrides boolean     not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create unique index reserved_tag_key_name on reserved_tag_key (organization_id, key);
