/**
 * Reports: what is due when, what was read, and the raw pages until they are no longer needed.
 *
 * `reports` is the due list: one row a meeting, taken with a lease (`leased_until_ms`, and `lease` to tell whose), so that a
 * process that dies gives its work back by itself. `report_pages.sealed` is raw; what it became is evidence.
 */
export const reports = `
-- How many people came, once it is over; counted again when it changes.
alter table gatherings add column came integer;

-- Whether the end of this meeting has made its row in reports; false again for none.
alter table meetings add column report_planned boolean not null default false;
create index meetings_report_unplanned on meetings (ended_at_ms)
  where capture = 'full' and ended_at_ms is not null and not report_planned;
-- For the search of meetings nobody has heard of any more.
create index meetings_without_end on meetings (created_at_ms) where capture = 'full' and ended_at_ms is null;
create index evidence_panel_ended on evidence (recorded_at_ms) where kind = 'meeting_ended' and witness = 'panel';

create table reports (
  installation_id uuid not null,
  meeting_id uuid not null,
  -- probe: is it over? read: it is over, and the list is read by the plan.
  step text not null check (step in ('probe', 'read')),
  state text not null check (state in ('none', 'waiting', 'partial', 'final', 'final_with_gaps', 'unavailable')),
  reason text,
  zoom_code text,
  gaps jsonb not null default '[]',
  fetched_at_ms bigint,
  -- The instant the plan counts from: the end, or later when the whole plan had passed before anybody could read.
  planned_from_ms bigint not null,
  next_try_at_ms bigint,
  -- Tries in a row to which Zoom gave no answer of use.
  failures integer not null default 0,
  -- Zoom said itself that this is the meeting we mean.
  verified boolean not null default false,
  -- The latest end a panel told of, while only panels did.
  panel_end_ms bigint,
  lease uuid,
  leased_until_ms bigint,
  created_at_ms bigint not null,
  primary key (installation_id, meeting_id),
  foreign key (installation_id, meeting_id) references meetings on delete cascade
);
create index reports_due on reports (next_try_at_ms) where next_try_at_ms is not null;

create table report_batches (
  installation_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  -- reading: pages are missing. whole: all are here and not yet evidence. The others are ends.
  outcome text not null
    check (outcome in ('reading', 'whole', 'sealed', 'same', 'refused', 'incomplete', 'given_up')),
  pages integer not null default 0,
  received integer not null default 0,
  -- Rows of those received that are left out: nobody could read their times, or they lie outside the meeting.
  unusable integer not null default 0,
  -- Rows that are evidence with times the meeting allows instead of their own.
  corrected integer not null default 0,
  declared integer,
  -- Where to go on reading; a secret of Zoom's, so sealed.
  next_page bytea,
  page_at_ms bigint not null,
  -- The meeting's start and end as they were known, and the instant, when its rows were first taken in: they stay fitted to
  -- these, whatever is heard meanwhile. fit_read_at_ms is null until then.
  fit_started_at_ms bigint,
  fit_ended_at_ms bigint,
  fit_read_at_ms bigint,
  digest text,
  same_as uuid,
  refusal text check (refusal in ('other_meeting', 'outside_time', 'unreadable')),
  created_at_ms bigint not null,
  primary key (installation_id, id),
  foreign key (installation_id, meeting_id) references meetings on delete cascade
);
create index report_batches_meeting on report_batches (installation_id, meeting_id, created_at_ms);

create table report_pages (
  installation_id uuid not null,
  batch_id uuid not null,
  ordinal integer not null,
  sealed bytea not null,
  recorded_at_ms bigint not null,
  primary key (installation_id, batch_id, ordinal),
  foreign key (installation_id, batch_id) references report_batches on delete cascade
);
create index report_pages_age on report_pages (recorded_at_ms);
`
