-- The repository that a version's commit is of, as its set named it when the commit was taken.
alter table policy_set_version add column repository text;
