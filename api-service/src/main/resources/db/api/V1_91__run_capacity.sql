-- How many runs of an organization the installation's workers take at a time; others wait in the organization's queue.
alter table organization add column run_limit integer check (run_limit > 0);
