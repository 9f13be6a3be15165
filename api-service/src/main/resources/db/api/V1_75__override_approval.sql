-- Who has overridden what of a run; it goes on when all are there whom its policy sets ask for.
create table override_approval (
    id         text primary key,
    run_id     text        not null references run (id) on delete cascade,
    part       text        not null check (part in ('task-stage', 'policy-check')),
    user_id    text        not null,
    user_name  text        not null,
    comment    text        not null,
    created_at timestamptz not null,
    unique (run_id, part, user_id)
);
