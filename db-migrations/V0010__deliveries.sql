-- How the events of a list leave the server, and how far they have; of lists with a delivery other than stream.
create table list_delivery (
  list varchar(40) not null primary key references subscription_list (id) on delete cascade,
  -- json or pidf
  format varchar(4) not null,
  -- notifications a second for each account, as the owner wrote it
  max_rate varchar(16),
  -- where a webhook is, and what it and the server know
  url varchar(2000),
  secret varchar(128),
  -- the node that delivers, for as long as it is alive
  node varchar(40),
  -- the number of the group of changes up to which everything was taken
  delivered bigint not null,
  -- since when nothing was taken that should have been, in milliseconds since 1970, and what was wrong last
  failing_since bigint,
  error varchar(200),
  -- the event that ended it before its list (RFC 3858)
  ended varchar(12)
);

create index list_delivery_node on list_delivery (node);
