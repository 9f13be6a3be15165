alter table organization add column session_timeout integer check (session_timeout > 0);
alter table organization add column session_remember integer check (session_remember > 0);
alter table organization add column passing_statuses_for_untriggered_plans boolean not null default false;
alter table organization add column aggregated_commit_status boolean not null default false;
alter table organization add column speculative_plan_management boolean not null default false;
alter table organization add column owners_team_saml_role_id text not null default '';
