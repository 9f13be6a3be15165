-- Memberships are resources of the API: they have an identifier and an age.
alter table membership add column id text;
update membership set id = 'ou-' || substr(md5(organization_id || '/' || user_id), 1, 16);
alter table membership alter column id set not null;
create unique index membership_id on membership (id);
create index membership_user on membership (user_id);
alter table membership add column created_at timestamptz not null default now();
