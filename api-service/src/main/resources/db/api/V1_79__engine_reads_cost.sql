-- Whether the policies of a set's OPA server look at what a plan costs; if so they are asked once it is priced.
alter table policy_set add column engine_reads_cost boolean not null default true;
