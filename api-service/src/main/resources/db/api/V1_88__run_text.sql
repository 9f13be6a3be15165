-- What runs are searched by is written once, when they are made. It lies beside them: a run that moves, seven times and more in its
-- life, does not write its words into their index each time.
drop index if exists run_text;
create table run_text (
    number          bigint primary key,
    organization_id text not null,
    -- Id, message and the name of whoever made it, in lower case and apart from each other.
    text            text not null
);
insert into run_text (number, organization_id, text)
select number, organization_id, lower(id || chr(1) || message || chr(1) || created_by_name) from run;
alter table run_text add foreign key (number) references run (number) on delete cascade;

do $$
declare
    home text;
begin
    select nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname = 'pg_trgm';
    -- A short list of what is not sorted in yet: a search reads it whole.
    execute format('create index run_text_part on run_text using gin (text %I.gin_trgm_ops)'
        ' with (gin_pending_list_limit = 256)', home);
end
$$;

create function note_run_text() returns trigger language plpgsql as $$
begin
    insert into run_text (number, organization_id, text)
    select number, organization_id, lower(id || chr(1) || message || chr(1) || created_by_name) from added;
    return null;
end
$$;
create trigger run_text_noted after insert on run referencing new table as added
    for each statement execute function note_run_text();

analyze run_text;
