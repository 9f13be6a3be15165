-- How many resources the current state manages, told by the room that keeps state.
alter table workspace add column resource_count integer not null default 0;
alter table workspace add column changed_at timestamptz;
update workspace set changed_at = updated_at;
alter table workspace alter column changed_at set not null;
