-- A large artifact may lie in a bucket, under the SHA-256 of what is stored there (encrypted); null: in a file, or in the row.
alter table artifact add column object text check (object ~ '^[0-9a-f]{64}$');
alter table artifact add check (object is null or sealed_key is not null);
create unique index artifact_object on artifact (object) where object is not null;

-- What lies in the bucket, or is on its way there, and has no artifact. Entered before the upload begins and taken out by the transaction
-- that makes the artifact's row; entered again by the one that deletes it. So no row ever names an object that is not there, and
-- whatever is left behind is known here and removed when it is due, without ever listing the bucket.
create table artifact_orphan (
    object text primary key check (object ~ '^[0-9a-f]{64}$'),
    due_at timestamptz not null
);
create index artifact_orphan_due_at on artifact_orphan (due_at);
