-- When a repository's host was last asked what it calls it now.
alter table repository add column name_asked_at timestamptz;

-- Deliveries that wait to be read.
create index webhook_delivery_received on webhook_delivery (received_at) where state = 'received';
