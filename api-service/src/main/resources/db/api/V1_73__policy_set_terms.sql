-- How a set judges, and what an override of it takes.
alter table policy_set add column undecided_blocks boolean not null default true;
alter table policy_set add column legacy boolean not null default false;
alter table policy_set add column required_approvals integer not null default 1 check (required_approvals between 1 and 10);
alter table policy_set add column author_may_override boolean not null default true;
alter table policy_set add column engine_url text;
alter table policy_set add column allowed_functions text not null default '';

-- Sensitive parameters are sealed; all of a set lie as one artifact for the judge, which knows them by reference only.
alter table policy_set_parameter add column sealed_value bytea;
alter table policy_set add column secrets_artifact_id text;

-- Whether a set of the legacy kind judges the run's plan, so that it has a policy check.
alter table run add column policy_check boolean not null default false;
