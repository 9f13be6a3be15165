-- The pieces of logs lie in one table for each month, as the audit trail does, so that what nobody has to keep any longer goes whole. All pieces
-- of a log lie in the month in which it began, which its row says: a log is read from one part, and its key holds no start twice. Nothing refers
-- from a piece to its log: whoever drops a month would have to lock all logs.
-- What was written before this migration stays where it lies: it becomes the first part, which ends with the month it is migrated in.
alter table log add column at timestamptz not null default now();
comment on column log.at is 'When it began; never changed, because its pieces lie by it.';

alter table log_chunk rename to log_piece_before;
alter table log_piece_before add column at timestamptz not null default now(); -- the same time as above: that of this transaction
alter table log_piece_before alter column at drop default;
alter table log_piece_before drop constraint log_chunk_log_id_fkey;
alter table log_piece_before drop constraint log_chunk_pkey;
alter table log_piece_before add primary key (log_id, start, at);

create table log_piece (
    log_id  text        not null,
    at      timestamptz not null,
    start   bigint      not null,
    size    integer     not null,
    content bytea       not null,
    primary key (log_id, start, at)
) partition by range (at);
comment on table log_piece is 'A piece of a log, sealed; start and size count the bytes of the plain text. In parts by month (UTC) of log.at; see make_month.';

-- Of logs whose month is missing: a clock that is wrong, a scheduler that stood still, or a log that is written to after its month was dropped.
create table log_piece_default partition of log_piece default;

do $$
declare
    month date := date_trunc('month', now() at time zone 'UTC');
    ends timestamptz := (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC';
begin
    execute format('alter table log_piece attach partition log_piece_before for values from (minvalue) to (%L)', ends);
    perform make_month('log_piece', (month + interval '1 month')::date);
    perform make_month('log_piece', (month + interval '2 months')::date);
end $$;

-- For the version before, which reads and writes by the old name while both run.
create view log_chunk as
select piece.log_id, piece.start, piece.size, piece.content
from log join log_piece piece on piece.log_id = log.id and piece.at = log.at;

create function add_log_chunk() returns trigger language plpgsql as $$
begin
    insert into log_piece (log_id, at, start, size, content)
    select id, at, new.start, new.size, new.content from log where id = new.log_id;
    return new;
end $$;
create trigger add_log_chunk instead of insert on log_chunk for each row execute function add_log_chunk();

-- The search for values under an older key goes through the parts; a pass holds the list of tables it goes through. The version before would
-- find no piece and believe that it is finished, so it finds no row: to it, another process is at it.
alter table resealing add column pass_columns text not null default '[]';
alter table resealing drop constraint resealing_id_check;
update resealing set id = 2;
update resealing set key = '' where finished_at is null; -- begins again
insert into resealing (id, key, begun_at, resealed, pass_begun_at, pass_column, pass_after, pass_foreign, pass_counts, counts)
values (2, '', 'epoch', 0, 'epoch', 0, '(0,0)', 0, '{}', '{}')
on conflict do nothing;
alter table resealing add constraint resealing_id_check check (id = 2);

create function no_resealing_row() returns trigger language plpgsql as $$
begin
    return null;
end $$;
create trigger no_resealing_row before insert on resealing for each row when (new.id = 1) execute function no_resealing_row();
