/**
 * Rules of one gathering hang on its meetings, as corrections do, and on no gathering: gatherings are joined, taken apart and made
 * anew. What is sealed stays sealed as it was, so the key of such a rule is its own and not that of a meeting.
 */
export const rulesByMeeting = `
create table policy_meetings (
  installation_id uuid not null,
  meeting_uuid text not null,
  scope text not null default 'gathering' check (scope = 'gathering'),
  scope_key text not null,
  primary key (installation_id, meeting_uuid),
  foreign key (installation_id, scope, scope_key) references policies on delete cascade
);
create index policy_meetings_policy on policy_meetings (installation_id, scope_key);

-- What was set for the gathering a meeting was born in is its own, also while it is joined to another.
insert into policy_meetings (installation_id, meeting_uuid, scope_key)
select distinct on (m.installation_id, m.uuid) m.installation_id, m.uuid, p.scope_key
from meetings m join policies p on p.installation_id = m.installation_id and p.scope = 'gathering'
  and p.gathering_id in (m.home_gathering_id, m.gathering_id)
order by m.installation_id, m.uuid, p.gathering_id = m.home_gathering_id desc nulls last;

delete from policies p where p.scope = 'gathering' and not exists (
  select from policy_meetings l where l.installation_id = p.installation_id and l.scope_key = p.scope_key);

-- With it go the check that names it and the reference that forgot rules with their gathering.
alter table policies drop column gathering_id;
`
