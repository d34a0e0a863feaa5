/**
 * What hosts say on top of the evidence: corrections, and the policies lists are judged by. `sealed` holds names, addresses and
 * reasons; what a correction is about is found by its meetings, so joining and splitting gatherings moves nothing here.
 */
export const corrections = `
-- Numbers are given out under the installation's row lock: whoever reads them in order misses none.
alter table installations add column corrections_made bigint not null default 0;

create table corrections (
  installation_id uuid not null references installations on delete cascade,
  seq bigint not null,
  kind text not null check (kind in ('merge', 'split', 'apart', 'rename', 'email', 'label', 'mark')),
  sealed bytea not null,
  member_id uuid,
  at_ms bigint not null,
  -- Taken back, and by whom last; null while it counts.
  undone_at_ms bigint,
  undone_by uuid,
  primary key (installation_id, seq),
  foreign key (installation_id, member_id) references members on delete set null (member_id),
  foreign key (installation_id, undone_by) references members on delete set null (undone_by)
);

-- By UUID: a meeting that is made anew, by a file read again, is corrected as before where its rows are the same.
create table correction_meetings (
  installation_id uuid not null,
  meeting_uuid text not null,
  seq bigint not null,
  primary key (installation_id, meeting_uuid, seq),
  foreign key (installation_id, seq) references corrections on delete cascade
);
create index correction_meetings_seq on correction_meetings (installation_id, seq);

create table policies (
  installation_id uuid not null references installations on delete cascade,
  scope text not null check (scope in ('installation', 'number', 'gathering')),
  -- The meeting number, the gathering, or nothing.
  scope_key text not null,
  gathering_id uuid,
  sealed bytea not null,
  at_ms bigint not null,
  primary key (installation_id, scope, scope_key),
  check ((scope = 'gathering') = (gathering_id is not null)),
  foreign key (installation_id, gathering_id) references gatherings on delete cascade
);

-- Grows when a correction or a policy that concerns it changed: whoever shows it reads them anew.
alter table gatherings add column rulings bigint not null default 0;
`
