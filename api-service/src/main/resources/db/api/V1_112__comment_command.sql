-- Whose account at a host a user is. Made by the user, who asks for a code here and writes it in a comment there: nobody else can.
create table host_account (
    client_id  text        not null references oauth_client (id) on delete cascade,
    account_id text        not null,
    login      text        not null,
    user_id    text        not null references app_user (id) on delete cascade,
    linked_at  timestamptz not null,
    primary key (client_id, account_id)
);
create index host_account_user on host_account (user_id);

create table host_account_code (
    code_sha256 text primary key,
    client_id   text        not null references oauth_client (id) on delete cascade,
    user_id     text        not null references app_user (id) on delete cascade,
    login       text        not null,
    expires_at  timestamptz not null
);

-- What comments asked for, each once.
create table comment_command (
    number        bigint generated always as identity unique,
    id            text primary key,
    repository_id text        not null references repository (id) on delete cascade,
    pull_number   bigint      not null,
    comment_id    text        not null,
    account_id    text        not null,
    login         text        not null,
    verb          text        not null,
    argument      text        not null default '',
    state         text        not null check (state in ('waiting', 'answering', 'done', 'failed')),
    answer        text        not null default '',
    tries         int         not null default 0,
    due_at        timestamptz,
    created_at    timestamptz not null,
    unique (repository_id, comment_id)
);
create index comment_command_due on comment_command (due_at) where due_at is not null;
create index comment_command_pull on comment_command (repository_id, pull_number, account_id);
