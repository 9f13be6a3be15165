create table oauth_client (
    id                  text primary key,
    organization_id     text        not null references organization (id) on delete cascade,
    name                text,
    service_provider    text        not null,
    http_url            text        not null,
    api_url             text        not null,
    key                 text,
    sealed_secret       bytea,
    rsa_public_key      text,
    organization_scoped boolean     not null,
    created_at          timestamptz not null,
    updated_at          timestamptz not null
);
create index oauth_client_organization on oauth_client (organization_id);

create table oauth_client_project (
    client_id  text not null references oauth_client (id) on delete cascade,
    project_id text not null references project (id) on delete cascade,
    primary key (client_id, project_id)
);

-- The token of the version control system and the key that submodules are cloned with, both sealed.
create table oauth_token (
    id                    text primary key,
    client_id             text        not null references oauth_client (id) on delete cascade,
    service_provider_user text        not null,
    sealed_token          bytea       not null,
    sealed_ssh_key        bytea,
    created_at            timestamptz not null
);
create index oauth_token_client on oauth_token (client_id);
