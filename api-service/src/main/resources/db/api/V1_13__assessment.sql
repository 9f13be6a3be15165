-- What the judges said, as they said it: the api's projection for its pages and API.
create table assessment (
    run_id      text primary key references run (id) on delete cascade,
    cost        jsonb,
    cost_at     timestamptz,
    policy      jsonb,
    policy_at   timestamptz
);
