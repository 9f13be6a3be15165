-- Every value is sealed, sensitive or not; "sensitive" says that it is never shown again.
create table variable (
    id           text primary key,
    workspace_id text        not null references workspace (id) on delete cascade,
    category     text        not null check (category in ('terraform', 'env')),
    key          text        not null,
    sealed       bytea       not null,
    sensitive    boolean     not null,
    hcl          boolean     not null,
    description  text        not null,
    version_id   text        not null,
    created_at   timestamptz not null
);
create unique index variable_key on variable (workspace_id, category, key);
