-- What `bench api` reads: organizations of very different size, workspaces with tags and states, runs of a year. Most runs belong to
-- few workspaces. ${workspaces} and ${runs} are set by ApiFill, which has made the organizations bench-1 to bench-5. What is sealed is
-- sealed by the platform's own key: it looks for other values in the background, and would do so while it is measured.
set synchronous_commit = off;
set work_mem = '256MB';
select setseed(0.42);

create function pg_temp.iso(at timestamptz) returns text language sql
    return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

create temp table bench_organization as
select substr(name, 7)::int as o, id from organization where name ~ '^bench-[1-5]$';

insert into project (id, organization_id, name, description, is_default, created_at)
select 'prj-' || substr(md5('prj' || o || '/' || p), 1, 16), id, 'area-' || p, '', false, now() - interval '400 days'
from bench_organization, generate_series(1, 20) p;

create temp table bench_run as
select n,
       'run-' || substr(md5('run' || n), 1, 16) as id,
       1 + floor(${workspaces} * power(random(), 2))::int as w,
       now() - interval '365 days' * (1 - n::float / ${runs}) as at,
       floor(random() * 100)::int as dice,
       ''::text as status
from generate_series(1, ${runs}) n;

create temp table bench_last as select w, max(n) as n from bench_run group by w;
create index on bench_last (n);
create index on bench_last (w);
create index on bench_run (n);
analyze bench_run;
analyze bench_last;

update bench_run set status = case
    when exists (select 1 from bench_last l where l.n = bench_run.n) then
        case when w % 40 = 0 then 'policy_checked' when w % 400 = 1 then 'policy_override' when w % 9 = 2 then 'errored' else 'applied' end
    when dice < 52 then 'applied'
    when dice < 77 then 'planned_and_finished'
    when dice < 84 then 'discarded'
    when dice < 87 then 'canceled'
    when dice < 98 then 'errored'
    else 'policy_soft_failed' end;

create temp table bench_workspace as
select n,
       'ws-' || substr(md5('ws' || n), 1, 16) as id,
       case when n % 10 < 6 then 1 when n % 10 < 8 then 2 else 3 + n % 3 end as o,
       1 + n / 10 % 20 as p,
       (array['payments', 'orders', 'billing', 'search', 'media', 'identity', 'network', 'data', 'mobile', 'partner', 'fraud', 'ledger'])
           [1 + n / 7 % 12] as team,
       (array['api', 'worker', 'database', 'queue', 'cache', 'cluster', 'edge'])[1 + n / 3 % 7] as part,
       (array['production', 'staging', 'development'])[1 + n / 11 % 3] as env
from generate_series(1, ${workspaces}) n;

create index on bench_workspace (n);
analyze bench_workspace;
analyze bench_run;

insert into workspace (id, organization_id, project_id, name, description, auto_apply, execution_mode, engine, terraform_version,
    working_directory, allow_destroy_plan, queue_all_runs, created_at, updated_at, changed_at, resource_count, lock_holder, lock_holder_id,
    lock_holder_name, lock_reason, locked_since, current_run_id, current_run_since, current_run_status)
select b.id, o.id, 'prj-' || substr(md5('prj' || o.o || '/' || p), 1, 16), team || '-' || part || '-' || env || '-' || lpad(b.n::text, 6, '0'),
       'The ' || part || ' of ' || team, b.n % 4 = 0, 'remote', 'terraform', '1.11.4', '', true, false, now() - interval '366 days',
       now() - interval '30 days', coalesce(r.at, now() - interval '366 days'), b.n % 200,
       case when r.status like 'policy_%' then 'run' end, case when r.status like 'policy_%' then r.id end,
       case when r.status like 'policy_%' then r.id end, case when r.status like 'policy_%' then 'Run ' || r.id end,
       case when r.status like 'policy_%' then r.at end, r.id, r.at, r.status
from bench_workspace b join bench_organization o on o.o = b.o
    left join bench_last l on l.w = b.n left join bench_run r on r.n = l.n;

insert into workspace_tag (workspace_id, key, value)
select id, 'env', env from bench_workspace
union all select id, 'team', team from bench_workspace
union all select id, 'critical', '' from bench_workspace where n % 20 = 0
union all select id, 'wave-' || n % 500, '' from bench_workspace;

insert into artifact (id, sha256, size, sealed_key, created_at)
select 'art-benchbenchbench0', repeat('0', 64), 20480, sealed, now() from secret_proof limit 1;

insert into configuration_version (id, workspace_id, status, speculative, provisional, auto_queue_runs, source, upload_key_hash,
    upload_expires_at, artifact_id, artifact_sha256, artifact_size, created_by_id, created_by_name, created_at, uploaded_at)
select 'cv-' || substr(md5('cv' || n), 1, 16), id, 'uploaded', false, false, false, 'tfe-api', '\x00', now(), 'art-benchbenchbench0',
       repeat('0', 64), 20480, '', 'bench', now() - interval '366 days', now() - interval '366 days'
from bench_workspace;

create temp table bench_plan as
select jsonb_build_object('plan', a, 'json', a, 'redacted', a, 'workdir', null, 'hasChanges', true,
           'counts', jsonb_build_object('additions', 2, 'changes', 1, 'destructions', 0, 'imports', 0)) as plan,
       jsonb_build_object('additions', 2, 'changes', 1, 'destructions', 0, 'imports', 0) as counts,
       jsonb_build_object('verdict', 'approve', 'reasons', jsonb_build_array(), 'overriddenBy', null) as assessment,
       jsonb_build_object('verdict', 'block-overridable', 'reasons', jsonb_build_array('production needs an owner'), 'overriddenBy', null) as block
from (select jsonb_build_object('id', 'art-benchbenchbench0', 'sha256', repeat('0', 64), 'size', 20480) as a) artifact;

insert into run (id, workspace_id, organization_id, configuration_version_id, plan_only, status, finished, holds_turn, state, options,
    timestamps, message, source, created_by_id, created_by_name, created_at, changed_at, engine, terraform_version, exact_version, version)
select r.id, b.id, o.id, 'cv-' || substr(md5('cv' || b.n), 1, 16), r.status = 'planned_and_finished', r.status,
       r.status not in ('policy_checked', 'policy_override'), r.status in ('policy_checked', 'policy_override'),
       case r.status
           when 'applied' then jsonb_build_object('state', 'applied', 'plan', plan, 'counts', counts)
           when 'planned_and_finished' then jsonb_build_object('state', 'planned-and-finished', 'plan', plan, 'assessment', assessment)
           when 'discarded' then jsonb_build_object('state', 'discarded', 'plan', plan, 'by', 'somebody')
           when 'canceled' then jsonb_build_object('state', 'canceled', 'plan', null, 'by', 'somebody', 'forced', false)
           when 'errored' then jsonb_build_object('state', 'errored', 'plan', null, 'message', 'terraform plan failed with exit code 1')
           when 'policy_checked' then jsonb_build_object('state', 'awaiting-confirmation', 'plan', plan, 'assessment', assessment)
           when 'policy_override' then jsonb_build_object('state', 'awaiting-override', 'plan', plan, 'assessment', block)
           else jsonb_build_object('state', 'rejected', 'plan', plan, 'reasons', jsonb_build_array('production needs an owner'), 'overridable', true)
       end || jsonb_build_object('since', pg_temp.iso(r.at)),
       jsonb_build_object('planOnly', r.status = 'planned_and_finished', 'autoApply', b.n % 4 = 0, 'destroy', dice = 51, 'refresh', true,
           'refreshOnly', false, 'targetAddrs', jsonb_build_array(), 'replaceAddrs', jsonb_build_array(), 'allowEmptyApply', false,
           'savePlan', false, 'structuredOutput', true, 'taskStages', jsonb_build_object()),
       jsonb_build_object('plan-queued-at', pg_temp.iso(r.at), 'planning-at', pg_temp.iso(r.at), 'planned-at', pg_temp.iso(r.at),
           'cost-estimated-at', pg_temp.iso(r.at), 'policy-checked-at', pg_temp.iso(r.at),
           replace(r.status, '_', '-') || '-at', pg_temp.iso(r.at)),
       'Change number ' || r.n || ' of ' || team, case when dice % 3 = 0 then 'terraform+cloud' else 'tfe-api' end, '', 'bench', r.at, r.at,
       'terraform', '1.11.4', '1.11.4', 1
from bench_run r join bench_workspace b on b.n = r.w join bench_organization o on o.o = b.o, bench_plan
order by r.n;

insert into state_version (id, workspace_id, status, serial, lineage, md5, forced, run_id, artifact_id, artifact_sha256, artifact_size,
    terraform_version, format, managed_resources, summary, created_at)
select 'sv-' || substr(md5('sv' || b.n || '/' || serial), 1, 16), b.id, 'finalized', serial, 'bench', md5(b.id || serial), false, r.id, 'art-benchbenchbench0', repeat('0', 64), 20480, '1.11.4', 4,
       b.n % 200,
       '{"modules":{"root":{"aws_instance":2}},"providers":{"provider[\"registry.terraform.io/hashicorp/aws\"]":{"aws_instance":2}},'
           || '"resources":[{"name":"web","type":"aws_instance","count":2,"module":"root","provider":"provider[\"registry.terraform.io/hashicorp/aws\"]"}]}',
       now() - interval '1 day' * (4 - serial)
from bench_workspace b cross join generate_series(1, 3) serial
    left join bench_last l on l.w = b.n left join bench_run r on r.n = l.n
order by serial, b.n;

insert into state_version_output (id, state_version_id, position, name, sensitive, type, sealed_value)
select 'wsout-' || substr(md5('wsout' || n || '/' || position), 1, 16), 'sv-' || substr(md5('sv' || n || '/3'), 1, 16), position,
       'output_' || position, false, '"string"', sealed
from bench_workspace, generate_series(1, 3) position, (select sealed from secret_proof limit 1) proof;

vacuum (analyze) workspace;
vacuum (analyze) workspace_title;
vacuum (analyze) workspace_tag;
vacuum (analyze) configuration_version;
vacuum (analyze) run;
vacuum (analyze) run_text;
vacuum (analyze) state_version;
vacuum (analyze) state_version_output;
