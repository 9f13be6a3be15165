-- What is to be said of commits: always the newest word, sent until it has arrived.
create table commit_status (
    id            bigint generated always as identity primary key,
    repository_id text        not null references repository (id) on delete cascade,
    commit_sha    text        not null,
    context       text        not null,
    run_id        text,
    state         text        not null,
    description   text        not null,
    url           text        not null,
    version       int         not null default 1,
    sent_version  int         not null default 0,
    tries         int         not null default 0,
    due_at        timestamptz,
    error         text,
    updated_at    timestamptz not null,
    unique (repository_id, commit_sha, context)
);
create index commit_status_due on commit_status (due_at) where due_at is not null;
create index commit_status_run on commit_status (run_id) where run_id is not null;
