create sequence job_fence;

-- Who may write in the name of a phase. The token is kept as SHA-256.
create table job_lease (
    job_id            text primary key,
    run_id            text        not null references run (id) on delete cascade,
    claimant          text        not null,
    token_hash        bytea       not null,
    fence             bigint      not null,
    log_base          bigint      not null,
    place             text        not null,
    terraform_version text        not null,
    claimed_at        timestamptz not null,
    renewed_at        timestamptz not null,
    ended_at          timestamptz
);
create index job_lease_open on job_lease (renewed_at) where ended_at is null;

create table job_artifact (
    job_id      text not null references job_lease (job_id) on delete cascade,
    kind        text not null,
    artifact_id text not null,
    primary key (job_id, kind)
);
