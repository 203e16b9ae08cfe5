-- One row. Whoever stores a group of changes takes the next number last, before the commit, and holds the row until
-- then: numbers follow the order of commits and have no gaps.
create table change_counter (
  number bigint not null
);
insert into change_counter (number) values (0);

-- The groups of changes stored of late: what a node that missed a message reads.
create table change_group (
  number bigint not null primary key,
  committed_at bigint not null,
  -- a line for each account: its address, a space, its version
  accounts varchar(1000000) not null
);

create index change_group_committed_at on change_group (committed_at);
