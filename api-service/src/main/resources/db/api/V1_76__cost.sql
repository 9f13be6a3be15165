-- What workspaces cost since when, as the cost-service records it: one row for each applied run that has an estimate. Kept after the
-- workspace is gone, for what was spent was spent.
create table cost_point (
    run_id          text           primary key,
    organization_id text           not null references organization (id) on delete cascade,
    project_id      text           not null,
    project_name    text           not null,
    workspace_id    text           not null,
    workspace_name  text           not null,
    at              timestamptz    not null,
    -- in the currency, a month of 730 hours
    prior_monthly   numeric(20, 2) not null,
    monthly         numeric(20, 2) not null,
    currency        text           not null,
    prices_as_of    date,
    -- [{"type", "tags", "resources", "monthly"}]: resources of one type with the same tags together
    shares          jsonb          not null
);
create index cost_point_organization on cost_point (organization_id, at);
create index cost_point_workspace on cost_point (workspace_id, at desc);

-- From when on a workspace costs nothing any more, because it is gone.
create table cost_end (
    workspace_id    text           primary key,
    organization_id text           not null references organization (id) on delete cascade,
    at              timestamptz    not null
);
create index cost_end_organization on cost_end (organization_id);
