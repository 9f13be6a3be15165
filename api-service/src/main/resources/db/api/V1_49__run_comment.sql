create table run_comment (
    id          text primary key,
    run_id      text        not null references run (id) on delete cascade,
    author_id   text        not null,
    author_name text        not null,
    body        text        not null,
    created_at  timestamptz not null
);
create index run_comment_of_run on run_comment (run_id, created_at);
