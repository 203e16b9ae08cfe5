-- What an account's general rules once were, as far as politely blocked watchers go on seeing it; instead of marks.
alter table ruleset add column history varchar(1000000) default '' not null;
-- Of what was before this release no more is known than that nobody may see anything older than now.
update ruleset set history = 'floor '
  || cast((select a.version from account a where a.address = ruleset.account) as varchar(20)) || ' '
  || coalesce(cast((select a.last_seen from account a where a.address = ruleset.account) as varchar(20)), 'null')
  || chr(10) || 'now 0 0 null';
alter table ruleset drop column marks;

-- The account's version at the decision: all before it is in what the watcher goes on seeing.
alter table watcher_authorization add column since bigint default 0 not null;
