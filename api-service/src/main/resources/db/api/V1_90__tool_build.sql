-- Versions that an administrator brings, and versions of OpenTofu beside those of terraform.
alter table tool_version add column engine text not null default 'terraform' check (engine in ('terraform', 'tofu'));
alter table tool_version add column builds text;
alter table tool_version drop constraint tool_version_version_key;
alter table tool_version add constraint tool_version_engine_version_key unique (engine, version);
