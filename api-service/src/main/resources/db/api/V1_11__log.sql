create table log (
    id     text primary key,
    length bigint  not null default 0,
    closed boolean not null default false
);

-- A piece of a log, sealed; start and size count the bytes of the plain text.
create table log_chunk (
    log_id  text    not null references log (id) on delete cascade,
    start   bigint  not null,
    size    integer not null,
    content bytea   not null,
    primary key (log_id, start)
);
