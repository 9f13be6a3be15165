create table app_user (
    id         text primary key,
    username   text        not null,
    email      text        not null,
    site_admin boolean     not null default false,
    created_at timestamptz not null
);
create unique index app_user_username on app_user (lower(username));

-- A token is good for one user or for one organization; only its SHA-256 is kept.
create table token (
    id              text primary key,
    hash            bytea       not null unique,
    user_id         text references app_user (id) on delete cascade,
    organization_id text,
    description     text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz,
    last_used_at    timestamptz,
    check ((user_id is null) <> (organization_id is null))
);
create index token_user on token (user_id);
create index token_organization on token (organization_id);

create table membership (
    organization_id text not null,
    user_id         text not null references app_user (id) on delete cascade,
    role            text not null check (role in ('owner', 'writer', 'planner', 'reader')),
    primary key (organization_id, user_id)
);
