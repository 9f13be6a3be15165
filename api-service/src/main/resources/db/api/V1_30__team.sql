-- Permissions belong to teams. organization_access holds the words of OrganizationAccess.
create table team (
    id                            text primary key,
    organization_id               text        not null references organization (id) on delete cascade,
    name                          text        not null,
    visibility                    text        not null check (visibility in ('secret', 'organization')),
    sso_team_id                   text,
    allow_member_token_management boolean     not null,
    organization_access           text[]      not null,
    created_at                    timestamptz not null
);
create unique index team_name on team (organization_id, lower(name));

create table team_member (
    team_id text not null references team (id) on delete cascade,
    user_id text not null references app_user (id) on delete cascade,
    primary key (team_id, user_id)
);
create index team_member_user on team_member (user_id);

create table team_workspace (
    id                text primary key,
    team_id           text    not null references team (id) on delete cascade,
    workspace_id      text    not null references workspace (id) on delete cascade,
    access            text    not null check (access in ('read', 'plan', 'write', 'admin', 'custom')),
    runs              text    not null check (runs in ('read', 'plan', 'apply')),
    variables         text    not null check (variables in ('none', 'read', 'write')),
    state_versions    text    not null check (state_versions in ('none', 'read-outputs', 'read', 'write')),
    sentinel_mocks    text    not null check (sentinel_mocks in ('none', 'read')),
    workspace_locking boolean not null,
    run_tasks         boolean not null,
    policy_overrides  boolean not null,
    unique (team_id, workspace_id)
);
create index team_workspace_workspace on team_workspace (workspace_id);

create table team_project (
    id                   text primary key,
    team_id              text    not null references team (id) on delete cascade,
    project_id           text    not null references project (id) on delete cascade,
    access               text    not null check (access in ('read', 'write', 'maintain', 'admin', 'custom')),
    settings             text    not null check (settings in ('read', 'update', 'delete')),
    teams                text    not null check (teams in ('none', 'read', 'manage')),
    variable_sets        text    not null check (variable_sets in ('none', 'read', 'write')),
    workspace_create     boolean not null,
    workspace_move       boolean not null,
    workspace_delete     boolean not null,
    runs                 text    not null check (runs in ('read', 'plan', 'apply')),
    variables            text    not null check (variables in ('none', 'read', 'write')),
    state_versions       text    not null check (state_versions in ('none', 'read-outputs', 'read', 'write')),
    sentinel_mocks       text    not null check (sentinel_mocks in ('none', 'read')),
    workspace_locking    boolean not null,
    run_tasks            boolean not null,
    policy_overrides     boolean not null,
    unique (team_id, project_id)
);
create index team_project_project on team_project (project_id);

-- What roles allowed becomes teams of the same reach: an owners team for every organization, and one for each other role in use.
insert into team (id, organization_id, name, visibility, allow_member_token_management, organization_access, created_at)
select 'team-' || substr(md5(id || '/owners'), 1, 16), id, 'owners', 'secret', true, '{}', created_at from organization;

insert into team (id, organization_id, name, visibility, allow_member_token_management, organization_access, created_at)
select distinct 'team-' || substr(md5(organization_id || '/' || role || 's'), 1, 16), organization_id, role || 's', 'organization', true,
       case role
           when 'writer' then '{manage-workspaces,manage-projects}'::text[]
           when 'planner' then '{read-workspaces,read-projects,plan-workspaces}'::text[]
           else '{read-workspaces,read-projects}'::text[]
       end,
       now()
from membership where role <> 'owner';

insert into team_member (team_id, user_id)
select 'team-' || substr(md5(organization_id || '/' || role || 's'), 1, 16), user_id from membership;

alter table membership drop column role;

-- Somebody invited by an address that no user has yet waits as a user without a name.
alter table app_user add column invited boolean not null default false;
alter table app_user add column suspended boolean not null default false;
create index app_user_email on app_user (lower(email));

-- A token is good for a user, a team, an organization or its audit trail.
alter table token drop constraint token_check;
alter table token add column kind text not null default 'user' check (kind in ('user', 'team', 'organization', 'audit-trails', 'agent'));
update token set kind = 'organization' where organization_id is not null;
alter table token alter column kind drop default;
alter table token add column team_id text references team (id) on delete cascade;
alter table token add column subject_id text;
alter table token add column keyed boolean not null default false;
alter table token add column legacy boolean not null default true;
alter table token add column created_by text;
alter table token add check ((kind = 'user') = (user_id is not null));
alter table token add check ((kind = 'team') = (team_id is not null));
alter table token add check ((kind in ('organization', 'audit-trails', 'agent')) = (organization_id is not null));
create unique index token_team on token (team_id) where kind = 'team' and legacy;
create unique index token_of_organization on token (organization_id, kind) where kind in ('organization', 'audit-trails');

-- A team may hold a workspace's lock too.
alter table workspace drop constraint workspace_lock_holder_check;
alter table workspace add check (lock_holder in ('run', 'user', 'team', 'organization'));
