-- How many workspaces each project has, kept as they come and go: a total that is shown with every list is read, not counted.
create table workspace_count (
    project_id      text primary key references project (id) on delete cascade,
    organization_id text   not null,
    workspaces      bigint not null
);
create index workspace_count_organization on workspace_count (organization_id);

insert into workspace_count (project_id, organization_id, workspaces)
select project_id, organization_id, count(*) from workspace group by project_id, organization_id;

create function count_added_workspaces() returns trigger language plpgsql as $$
begin
    insert into workspace_count as c (project_id, organization_id, workspaces)
    select project_id, organization_id, count(*) from added group by project_id, organization_id order by project_id
    on conflict (project_id) do update set workspaces = c.workspaces + excluded.workspaces;
    return null;
end
$$;

create function count_removed_workspaces() returns trigger language plpgsql as $$
begin
    update workspace_count c set workspaces = c.workspaces - r.workspaces
    from (select project_id, count(*) as workspaces from removed group by project_id order by project_id) r
    where c.project_id = r.project_id;
    return null;
end
$$;

-- Both rows in one order, whichever way the workspace goes: two moves never wait for each other crosswise.
create function count_moved_workspace() returns trigger language plpgsql as $$
begin
    insert into workspace_count as c (project_id, organization_id, workspaces)
    select * from (values (old.project_id, old.organization_id, -1), (new.project_id, new.organization_id, 1))
        as moved (project_id, organization_id, workspaces)
    order by project_id
    on conflict (project_id) do update set workspaces = c.workspaces + excluded.workspaces;
    return null;
end
$$;

create trigger workspace_added after insert on workspace referencing new table as added
    for each statement execute function count_added_workspaces();
create trigger workspace_removed after delete on workspace referencing old table as removed
    for each statement execute function count_removed_workspaces();
create trigger workspace_moved after update on workspace
    for each row when (old.project_id <> new.project_id) execute function count_moved_workspace();

-- A tag knows its organization: what has it there is found, and counted, in one index.
alter table workspace_tag add column organization_id text;
update workspace_tag t set organization_id = w.organization_id from workspace w where w.id = t.workspace_id;
alter table workspace_tag alter column organization_id set not null;

create function place_tag() returns trigger language plpgsql as $$
begin
    select organization_id into new.organization_id from workspace where id = new.workspace_id;
    return new;
end
$$;
create trigger workspace_tag_placed before insert on workspace_tag for each row execute function place_tag();

drop index workspace_tag_key;
create index workspace_tag_key on workspace_tag (organization_id, key, value, workspace_id);
