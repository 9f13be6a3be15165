-- What was decided, complete: the event tells the first violations only. One row for each question that was asked.
create table judgement (
    event_id          text        primary key,
    run_id            text        not null,
    plan_sha256       text        not null,
    verdict           text        not null,
    reasons           jsonb       not null,
    sets              jsonb       not null,
    evaluation_millis bigint      not null,
    decided_at        timestamptz not null
);
create index judgement_run_id on judgement (run_id);
