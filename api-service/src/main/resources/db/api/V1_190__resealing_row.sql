-- The one row of where the search for values under an older key stands. Made here: whoever wants to lock it would otherwise wait for whoever makes it.
insert into resealing (id, key, begun_at, resealed, pass_begun_at, pass_column, pass_after, pass_foreign, pass_counts, counts)
values (1, '', 'epoch', 0, 'epoch', 0, '(0,0)', 0, '{}', '{}')
on conflict do nothing;
