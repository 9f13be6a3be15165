-- Plans of which some sets are asked only once they are priced: the event as it came, and what the other sets said.
create table open_question (
    event_id    text        primary key,
    run_id      text        not null,
    plan_sha256 text        not null,
    plan        bytea       not null,
    first       bytea       not null,
    millis      bigint      not null,
    deadline    timestamptz not null
);
create index open_question_run_id on open_question (run_id);
create index open_question_deadline on open_question (deadline);
