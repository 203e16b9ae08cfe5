-- A running node: it renews its row every few seconds, and is dead when it has not for long.
create table node (
  id varchar(40) not null primary key,
  alive_at bigint not null
);

-- A watcher's wish to see an account, for as long as what it hangs on.
create table subscription (
  account varchar(320) not null,
  watcher varchar(320) not null,
  -- 'node:' and the node whose connections carry it, 'list:' and the subscription list whose owner waits or waited for a
  -- decision, or 'request' for a wish that was left waiting
  carrier varchar(48) not null,
  -- the state, and the event that brought it there (RFC 3858)
  status varchar(10) not null,
  event varchar(12) not null,
  -- times are milliseconds since 1970 by the clock of this database
  since bigint not null,
  -- when a waiting one is given up; null for all others
  expires_at bigint,
  primary key (account, watcher, carrier)
);

create index subscription_carrier on subscription (carrier);
create index subscription_watcher on subscription (watcher, status);
create index subscription_expires_at on subscription (expires_at);

-- A list of accounts that somebody wants to see, whether connected or not.
create table subscription_list (
  id varchar(40) not null primary key,
  owner varchar(320) not null,
  -- whether its owner was an administrator, who sees everything
  admin boolean not null,
  delivery varchar(8) not null,
  -- grows when its entries change
  revision bigint not null,
  created_at bigint not null,
  expires_at bigint not null
);

create index subscription_list_owner on subscription_list (owner);
create index subscription_list_expires_at on subscription_list (expires_at);

-- An account or a group of the directory in a list.
create table subscription_list_entry (
  list varchar(40) not null references subscription_list (id),
  kind varchar(8) not null,
  name varchar(320) not null,
  primary key (list, kind, name)
);

create index subscription_list_entry_name on subscription_list_entry (name, kind);
