-- Gives the audit log another owner than the server's role, rollcall: that one then cannot drop what keeps entries from being
-- changed. For a superuser, once the first node has made the tables.
create role rollcall_audit nologin;
alter table audit_entry owner to rollcall_audit;
alter function audit_entry_stays() owner to rollcall_audit;
alter function audit_entry_oldest_first() owner to rollcall_audit;
revoke all on audit_entry from rollcall;
grant select, insert, delete on audit_entry to rollcall;
