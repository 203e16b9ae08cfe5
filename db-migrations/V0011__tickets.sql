-- Tickets that were given out and not used yet. What is stored opens nothing: it is SHA-256 of each, in hexadecimal.
create table ticket (
  digest varchar(64) not null primary key,
  -- whom it stands for, with the roles at the time
  account varchar(320) not null,
  publisher boolean not null,
  admin boolean not null,
  -- milliseconds since 1970
  expires_at bigint not null
);

create index ticket_account on ticket (account);
create index ticket_expires_at on ticket (expires_at);
