-- When the service of a list took something last, in milliseconds since 1970, and what it was told of each account when
-- the node that delivered stopped; null while one delivers.
alter table list_delivery add column told_at bigint;
alter table list_delivery add column told varchar(1000000);

-- Log-ins that were taken from the queue of publications, by the tuple id that each message makes: one that is delivered
-- again logs nobody in again. Rows go when no broker can have the message any more.
create table queued_login (
  tuple_id varchar(40) not null primary key,
  taken_at bigint not null
);

create index queued_login_taken on queued_login (taken_at);
