-- Structured run output: on unless somebody wants plain logs.
alter table workspace add column structured_run_output boolean not null default true;

-- What runs of before were asked for says nothing of saved plans and structured logs.
update run set options = options || '{"savePlan": false, "structuredOutput": false}';

-- Codes of `terraform login`: good once and for minutes, kept as hashes.
create table login_code (
    hash         bytea primary key,
    user_id      text        not null references app_user (id) on delete cascade,
    challenge    text        not null,
    redirect_uri text        not null,
    expires_at   timestamptz not null
);
create index login_code_expiry on login_code (expires_at);
