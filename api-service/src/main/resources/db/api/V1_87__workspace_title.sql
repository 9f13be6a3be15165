-- What workspaces are found by in lists seldom changes; where their runs stand changes all the time. So the first lies in a table of its
-- own: its pages stay all-visible and are read out of their indexes alone, and a run that moves does not touch an index of names.
create table workspace_title (
    id              text primary key,
    organization_id text not null,
    project_id      text not null,
    name            text not null,
    -- The name in lower case: parts of it are found by their trigrams.
    part            text not null
);
insert into workspace_title (id, organization_id, project_id, name, part)
select id, organization_id, project_id, name, lower(name) from workspace;
alter table workspace_title add foreign key (id) references workspace (id) on delete cascade;
create index workspace_title_name on workspace_title (organization_id, name) include (id, project_id);
create index workspace_title_project on workspace_title (project_id, name) include (id, organization_id);

drop index if exists workspace_name_part;
do $$
declare
    home text;
begin
    select nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname = 'pg_trgm';
    -- A short list of what is not sorted in yet: a search reads it whole.
    execute format('create index workspace_title_part on workspace_title using gin (part %I.gin_trgm_ops)'
        ' with (gin_pending_list_limit = 128)', home);
end
$$;

create function title_workspaces() returns trigger language plpgsql as $$
begin
    insert into workspace_title (id, organization_id, project_id, name, part)
    select id, organization_id, project_id, name, lower(name) from added;
    return null;
end
$$;
create trigger workspace_titled after insert on workspace referencing new table as added
    for each statement execute function title_workspaces();

-- A tag knows the name of what it is on: the workspaces with a tag are read in their order.
alter table workspace_tag add column workspace_name text;
update workspace_tag t set workspace_name = w.name from workspace w where w.id = t.workspace_id;
alter table workspace_tag alter column workspace_name set not null;
create or replace function place_tag() returns trigger language plpgsql as $$
begin
    select organization_id, name into new.organization_id, new.workspace_name from workspace where id = new.workspace_id;
    return new;
end
$$;
drop index workspace_tag_key;
create index workspace_tag_value on workspace_tag (organization_id, key, value, workspace_name, workspace_id);
create index workspace_tag_key on workspace_tag (organization_id, key, workspace_name, workspace_id);

create function retitle_workspace() returns trigger language plpgsql as $$
begin
    update workspace_title set project_id = new.project_id, name = new.name, part = lower(new.name) where id = new.id;
    update workspace_tag set workspace_name = new.name where workspace_id = new.id and workspace_name <> new.name;
    return null;
end
$$;
create trigger workspace_retitled after update on workspace
    for each row when (old.name <> new.name or old.project_id <> new.project_id) execute function retitle_workspace();

analyze workspace_title;
analyze workspace_tag;
