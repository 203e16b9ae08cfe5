-- An owner's rules (RFC 4745), but for those that are about one watcher by name.
create table ruleset (
  account varchar(320) not null primary key references account (address),
  -- the rules revision of the account that this row was written with
  revision bigint not null,
  -- the one that the latest change by the owner made: the entity-tag
  edited bigint not null,
  -- JSON
  rules varchar(1000000) not null,
  -- what politely blocked watchers see: a line for each rule, and one for all
  marks varchar(1000000) not null,
  -- the time, in milliseconds since 1970, and the sphere that the marks were made under
  as_of bigint not null,
  sphere varchar(2048),
  -- when a validity begins or ends next
  next_boundary bigint,
  asks_for_groups boolean not null
);

create index ruleset_next_boundary on ruleset (next_boundary);

-- The rule about one watcher, as JSON; where there is none, the handling says all. A row without a handling is a
-- decision that was taken back: it keeps what a politely blocked watcher goes on seeing.
alter table watcher_authorization add column rule varchar(1000000);
alter table watcher_authorization alter column handling drop not null;
