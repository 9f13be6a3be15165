-- Price lists that were uploaded. Older versions stay; the newest of those in use is priced by.
create table price_list (
    id         text        primary key,
    name       text        not null,
    version    text        not null,
    published  date        not null,
    regions    text[]      not null,
    currencies text[]      not null,
    prices     bigint      not null,
    products   bigint      not null,
    used       boolean     not null default true,
    taken_at   timestamptz not null,
    -- its prices, CSV with gzip
    content    bytea       not null
);
create index price_list_used on price_list (published, taken_at) where used;

-- Moves with every change of the lists in use, so that every instance knows when to read them again.
create table price_book (
    one      boolean primary key default true check (one),
    revision bigint  not null
);
insert into price_book (revision) values (0);
