-- Who writes a comment has it alone until then, whatever becomes due meanwhile: a second one would be made beside it.
alter table pull_request add column comment_taken_until timestamptz;
