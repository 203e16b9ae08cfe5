-- What the owner says over all clients: its time, to whom it hides what, and the word as JSON.
alter table account add column preferred varchar(1000000);
-- when it ends by itself
alter table account add column preferred_until bigint;
create index account_preferred_until on account (preferred_until);

-- When something in the document begins or ends to hold next (RFC 4480 section 3.1); due_at is never after it.
alter table presentity add column changes_at bigint;

-- Accounts that were erased: nothing but a digest of the address, and the numbers an account of that name goes on from.
create table erased_account (
  digest varchar(64) not null primary key,
  version bigint not null,
  rules_revision bigint not null
);
