-- An account and what all its presentities together have become.
create table account (
  address varchar(320) not null primary key,
  -- grows by one with every change of the account, by one writer at a time
  version bigint not null,
  -- grows with every change of the account's authorizations
  rules_revision bigint not null,
  -- when the last presentity left, in milliseconds since 1970; null while one is live or where none ever was
  last_seen bigint
);

-- A live user agent of an account and its one tuple; the row goes when it logs out or expires.
create table presentity (
  tuple_id varchar(40) not null primary key,
  account varchar(320) not null references account (address),
  -- grows with every success, refreshes included: with the tuple id it is the entity-tag
  revision bigint not null,
  -- the account's versions that its login and its latest change made: they order logins and changes
  login_version bigint not null,
  change_version bigint not null,
  -- times are milliseconds since 1970 by the clock of this database
  changed_at bigint not null,
  expires_at bigint not null,
  -- when to look at it for expiry: never after expires_at, and left behind when a refresh moves that, so that a
  -- refresh need not touch an index
  due_at bigint not null,
  state varchar(8) not null,
  -- the tuple, person and device: JSON where that says all of it, else PIDF
  document varchar(1000000) not null
);

create index presentity_account on presentity (account);
create index presentity_due on presentity (due_at);
