-- The audit trail lies in one table for each month, so that what nobody has to keep any longer goes whole, and the newest is found in a small
-- index. What was written before this migration stays where it lies: it becomes the first part, which ends with the month it is migrated in.
-- Writers of before go on as they are: all columns are as they were, and an id is still found by the index of each part.
alter table audit_event rename to audit_event_before;
alter index audit_event_organization rename to audit_event_before_organization;
alter table audit_event_before drop constraint audit_event_pkey;
alter table audit_event_before add primary key (id, at);

create table audit_event (
    id              text        not null,
    organization_id text,
    at              timestamptz not null,
    actor_kind      text        not null,
    actor_id        text        not null,
    actor_name      text        not null,
    address         text,
    request_id      text,
    resource        text        not null,
    resource_id     text        not null,
    action          text        not null constraint audit_event_action_check check (action in ('create', 'update', 'destroy')),
    changes         jsonb       not null,
    primary key (id, at)
) partition by range (at);
create index audit_event_organization on audit_event (organization_id, at desc, id);
comment on table audit_event is 'Entries outlive what they speak of, so nothing is referenced. In parts by month (UTC); see make_month.';

-- What no month has been made for: a clock that is wrong, or a scheduler that stood still. Nothing is refused for it.
create table audit_event_default partition of audit_event default;

-- Makes the part of a partitioned table for one month, and takes into it what came earlier; the table must be partitioned by "at".
create function make_month(parent text, month date) returns boolean language plpgsql as $$
declare
    part  text := parent || to_char(month, '_YYYY_MM');
    begins timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
    ends  timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
    if to_regclass(format('%I.%I', current_schema(), part)) is not null then
        return false;
    end if;
    execute format('create table %I (like %I including all)', part, parent);
    execute format('with moved as (delete from %I where at >= %L and at < %L returning *) insert into %I select * from moved',
                   parent || '_default', begins, ends, part);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, begins, ends);
    return true;
end $$;

-- Drops the parts that end no later than this; returns their names.
create function drop_months(parent text, before timestamptz) returns setof text language plpgsql as $$
declare
    part text;
begin
    for part in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = to_regclass(format('%I.%I', current_schema(), parent))
          and substring(pg_get_expr(c.relpartbound, c.oid) from ' TO \(''([^'']+)''\)')::timestamptz <= before
        order by c.relname
    loop
        execute format('drop table %I', part);
        return next part;
    end loop;
    execute format('delete from %I where at < %L', parent || '_default', before);
end $$;

do $$
declare
    month date := date_trunc('month', now() at time zone 'UTC');
    ends timestamptz := (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC';
begin
    -- Of a clock that was ahead.
    with late as (delete from audit_event_before where at >= ends returning *) insert into audit_event select * from late;
    execute format('alter table audit_event attach partition audit_event_before for values from (minvalue) to (%L)', ends);
    perform make_month('audit_event', (month + interval '1 month')::date);
    perform make_month('audit_event', (month + interval '2 months')::date);
end $$;
