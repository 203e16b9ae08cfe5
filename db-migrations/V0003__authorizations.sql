-- An owner's decision on one watcher (RFC 5025 section 3.2.1).
create table watcher_authorization (
  account varchar(320) not null references account (address),
  watcher varchar(320) not null,
  handling varchar(16) not null,
  -- the account's version and lastSeen at the decision: what a politely blocked watcher goes on seeing
  decided_version bigint not null,
  decided_last_seen bigint,
  decided_at bigint not null,
  primary key (account, watcher)
);
