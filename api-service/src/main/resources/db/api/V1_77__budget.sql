-- A limit in percent, what a missing estimate does, and who may approve (nobody named: whoever may override policies).
alter table budget add column maximum_percent numeric(9, 2) check (maximum_percent >= 0);
alter table budget add column without_estimate text not null default 'warn'
    check (without_estimate in ('warn', 'approval', 'block'));
alter table budget add column approver_users text[] not null default '{}';
alter table budget add column approver_teams text[] not null default '{}';
alter table budget drop constraint budget_check1;
alter table budget add constraint budget_limit
    check (maximum_monthly is not null or maximum_increase is not null or maximum_percent is not null);
