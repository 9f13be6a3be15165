-- What a pull request against a policy set's repository would have decided on plans that the set has judged.
create table policy_trial (
    id            text primary key,
    change_id     text        not null references repository_change (id) on delete cascade,
    repository_id text        not null references repository (id) on delete cascade,
    pull_number   bigint      not null,
    commit_sha    text        not null,
    policy_set_id text        not null references policy_set (id) on delete cascade,
    state         text        not null check (state in ('waiting', 'asked', 'done', 'failed')),
    note          text        not null default '',
    artifact_id   text,
    tries         int         not null default 0,
    due_at        timestamptz,
    created_at    timestamptz not null,
    unique (repository_id, pull_number, commit_sha, policy_set_id)
);
create index policy_trial_due on policy_trial (due_at) where due_at is not null;

create table policy_trial_plan (
    trial_id text not null references policy_trial (id) on delete cascade,
    run_id   text not null references run (id) on delete cascade,
    before   text not null,
    verdict  text,
    failed   text not null default '',
    error    text,
    primary key (trial_id, run_id)
);
create index policy_trial_plan_run on policy_trial_plan (run_id);

-- The newest plans that a set has judged are found without reading all of them.
alter table policy_set_outcome add column decided_at timestamptz;
create index policy_set_outcome_newest on policy_set_outcome (policy_set_id, decided_at desc nulls last);
