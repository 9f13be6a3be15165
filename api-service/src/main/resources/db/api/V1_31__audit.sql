-- Who changed what, for ever: entries outlive what they speak of, so nothing is referenced.
create table audit_event (
    id              text primary key,
    organization_id text,
    at              timestamptz not null,
    actor_kind      text        not null,
    actor_id        text        not null,
    actor_name      text        not null,
    address         text,
    request_id      text,
    resource        text        not null,
    resource_id     text        not null,
    action          text        not null check (action in ('create', 'update', 'destroy')),
    changes         jsonb       not null
);
create index audit_event_organization on audit_event (organization_id, at desc, id);
