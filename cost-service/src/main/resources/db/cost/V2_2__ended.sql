-- A workspace that is gone costs nothing from here on, as far as budgets are concerned.
alter table cost_point add column ended_at timestamptz;
