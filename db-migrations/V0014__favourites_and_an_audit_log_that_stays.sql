-- Whom each account has chosen to see first: addresses, one a line. There is a row as soon as the owner has chosen, be it nobody.
create table favourites (
  account varchar(320) not null primary key,
  revision bigint not null,
  people varchar(200000) not null
);

-- PostgreSQL itself refuses to change the audit log: rows can be added, and the oldest be cut off. H2 has no such triggers; there
-- these lines are comments.
${postgresql}create function audit_entry_stays() returns trigger language plpgsql as $$ begin raise exception 'The audit log is only added to'; end $$;
${postgresql}create trigger audit_entry_stays before update or truncate on audit_entry for each statement execute function audit_entry_stays();
${postgresql}create function audit_entry_oldest_first() returns trigger language plpgsql as $$ begin if exists (select 1 from audit_entry where acted_at < (select max(acted_at) from gone)) then raise exception 'Of the audit log only the oldest entries can be removed'; end if; return null; end $$;
${postgresql}create trigger audit_entry_oldest_first after delete on audit_entry referencing old table as gone for each statement execute function audit_entry_oldest_first();
