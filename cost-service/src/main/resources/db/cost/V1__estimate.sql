-- What a plan was estimated to cost and what was decided. One row for each plan of a run.
create table estimate (
    run_id           text        not null,
    plan_sha256      text        not null,
    organization     text        not null,
    project_id       text        not null,
    workspace_id     text        not null,
    status           text        not null,
    verdict          text        not null,
    -- US dollars a month; null when there is no estimate
    prior_monthly    numeric(20, 2),
    proposed_monthly numeric(20, 2),
    delta_monthly    numeric(20, 2),
    prices_as_of     date,
    -- every resource with its lines; the decision tells only the dearest
    resources        jsonb,
    decision         jsonb       not null,
    decided_at       timestamptz not null,
    primary key (run_id, plan_sha256)
);
create index estimate_workspace on estimate (workspace_id, decided_at);
