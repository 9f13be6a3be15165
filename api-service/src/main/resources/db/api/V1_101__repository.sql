-- Repositories that workspaces follow, and where we last saw their branches and tags.
create table repository (
    id              text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    client_id       text references oauth_client (id) on delete cascade,
    identifier      text        not null,
    default_branch  text        not null default '',
    looked_at       timestamptz,
    look_due_at     timestamptz not null,
    taken_until     timestamptz,
    error           text,
    created_at      timestamptz not null
);
create unique index repository_place on repository (organization_id, coalesce(client_id, ''), lower(identifier));
create index repository_look on repository (look_due_at);

create table repository_head (
    repository_id text not null references repository (id) on delete cascade,
    ref           text not null,
    commit_sha    text not null,
    primary key (repository_id, ref)
);

create table pull_request (
    repository_id   text        not null references repository (id) on delete cascade,
    number          bigint      not null,
    head            text        not null,
    open            boolean     not null,
    title           text        not null,
    url             text        not null,
    comment_id      text,
    comment_sha256  text,
    comment_due_at  timestamptz,
    comment_tries   int         not null default 0,
    comment_error   text,
    primary key (repository_id, number)
);
create index pull_request_comment on pull_request (comment_due_at) where comment_due_at is not null;

-- What happened in repositories, to be looked at in order: a commit of a branch, a tag, a pull request.
create table repository_change (
    number        bigint generated always as identity unique,
    id            text primary key,
    repository_id text        not null references repository (id) on delete cascade,
    kind          text        not null check (kind in ('push', 'tag', 'pull', 'connect')),
    name          text        not null,
    commit_sha    text        not null,
    before_sha    text,
    details       jsonb       not null,
    state         text        not null check (state in ('waiting', 'held', 'done', 'superseded', 'failed')),
    note          text        not null default '',
    origin        text        not null,
    tries         int         not null default 0,
    due_at        timestamptz not null,
    approved_by   text,
    created_at    timestamptz not null,
    done_at       timestamptz
);
create index repository_change_waiting on repository_change (repository_id, number) where state = 'waiting';
create index repository_change_due on repository_change (due_at) where state = 'waiting';
create index repository_change_name on repository_change (repository_id, kind, name, number desc);

create table repository_change_run (
    change_id    text not null references repository_change (id) on delete cascade,
    workspace_id text not null references workspace (id) on delete cascade,
    run_id       text,
    note         text not null default '',
    primary key (change_id, workspace_id)
);
create index repository_change_run_run on repository_change_run (run_id) where run_id is not null;
