/**
 * Who registered for which meeting number. Zoom forgets whoever cancels, and every list with the definition of its meeting, so
 * each standing is kept with when it was told and by whom.
 */
export const registrations = `
create table registrations (
  installation_id uuid not null references installations on delete cascade,
  number text not null,
  kind text not null check (kind in ('meeting', 'webinar')),
  -- unknown: never read. open: one registers. none: nobody does. unavailable: Zoom does not tell, for \`reason\`.
  state text not null default 'unknown' check (state in ('unknown', 'open', 'none', 'unavailable')),
  reason text,
  read_at_ms bigint,
  next_read_at_ms bigint,
  failures integer not null default 0,
  lease uuid,
  leased_until_ms bigint,
  primary key (installation_id, number)
);
create index registrations_due on registrations (next_read_at_ms) where next_read_at_ms is not null;

create table registrants (
  installation_id uuid not null,
  number text not null,
  -- Of one occurrence, by Zoom's id and its planned start; '' and null: of all.
  occurrence text not null default '',
  occurrence_start_ms bigint,
  -- Keyed hash of Zoom's id of the registration.
  registrant_key text not null,
  -- Name, address and answers.
  sealed bytea not null,
  -- [{standing, atMs, by}] in the order of time; by: list, message, or missing (from a later list).
  changes jsonb not null,
  primary key (installation_id, number, occurrence, registrant_key),
  foreign key (installation_id, number) references registrations on delete cascade
);
`
