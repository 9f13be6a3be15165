-- How much memory a phase needed, as its runner says; the last few of each workspace and phase.
create table phase_peak (
    job_id       text primary key,
    workspace_id text        not null references workspace (id) on delete cascade,
    phase        text        not null,
    peak_bytes   bigint      not null,
    noted_at     timestamptz not null
);
create index phase_peak_of_workspace on phase_peak (workspace_id, phase, noted_at desc);
