-- How pull requests are treated: of an organization (owner_id is its id), or of a workspace, which is asked first. Null is "as the other says".
create table pull_request_rule (
    owner_id        text primary key,
    organization_id text        not null references organization (id) on delete cascade,
    workspace_id    text references workspace (id) on delete cascade,
    providers       text[],
    modules         text[],
    agent_pool_id   text,
    state           text check (state in ('redacted', 'none')),
    commands        boolean,
    apply_when      text check (apply_when in ('manual', 'after-merge', 'before-merge')),
    updated_at      timestamptz not null
);
create index pull_request_rule_organization on pull_request_rule (organization_id);
create index pull_request_rule_workspace on pull_request_rule (workspace_id) where workspace_id is not null;
