-- What runs of a workspace, or those that go to an agent pool, ask of their node and may use of it. Processors in thousandths, the others in bytes.
create table run_size (
    owner_id        text primary key,
    workspace_id    text unique references workspace (id) on delete cascade,
    pool_id         text unique references agent_pool (id) on delete cascade,
    cpu_request     bigint check (cpu_request > 0),
    cpu_limit       bigint check (cpu_limit >= cpu_request),
    memory_request  bigint check (memory_request > 0),
    memory_limit    bigint check (memory_limit >= memory_request),
    disk            bigint check (disk > 0),
    updated_at      timestamptz not null,
    check ((workspace_id is null) <> (pool_id is null)),
    check (owner_id = coalesce(workspace_id, pool_id))
);
