-- Names, so that spending can be told by them after a workspace is gone.
alter table estimate add column project_name text not null default '';
alter table estimate add column workspace_name text not null default '';
alter table estimate add column currency text not null default 'USD';

-- What a workspace costs since an apply, until its next point. One row for each applied run.
create table cost_point (
    run_id         text           primary key,
    organization   text           not null,
    project_id     text           not null,
    project_name   text           not null,
    workspace_id   text           not null,
    workspace_name text           not null,
    at             timestamptz    not null,
    -- in the currency, a month of 730 hours
    prior_monthly  numeric(20, 2) not null,
    monthly        numeric(20, 2) not null,
    currency       text           not null,
    prices_as_of   date,
    -- [{"type", "tags", "resources", "monthly"}]: resources of one type with the same tags together
    shares         jsonb          not null
);
create index cost_point_organization on cost_point (organization, at);
create index cost_point_workspace on cost_point (workspace_id, at desc);
