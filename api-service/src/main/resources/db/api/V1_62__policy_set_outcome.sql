-- Whose outcome it is: outcomes are fetched one by one, and their ids follow from run and set.
create table policy_set_outcome (
    id            text primary key,
    run_id        text not null references run (id) on delete cascade,
    policy_set_id text not null
);
