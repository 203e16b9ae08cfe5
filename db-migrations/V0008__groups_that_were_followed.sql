-- Of several nodes that notice a change of the directory's groups one makes it a change of the account: a digest of the
-- groups that these rules followed last.
alter table ruleset add column directory varchar(36);
