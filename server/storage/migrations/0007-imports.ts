/**
 * Imported files. Their facts carry the import, so that it can be undone; a meeting only files told of is found again by
 * number and time when Zoom or a panel tells of it.
 */
export const imports = `
create table imports (
  installation_id uuid not null references installations on delete cascade,
  id uuid not null,
  -- Of the bytes, keyed: the same file is known again, and nobody else learns which it was.
  file_key text not null,
  -- Of what was read out of it, with the answers given.
  reading text not null,
  member_id uuid,
  state text not null check (state in ('running', 'done', 'undone')),
  rows int not null,
  imported_at_ms bigint not null,
  undone_at_ms bigint,
  primary key (installation_id, id),
  unique (installation_id, file_key),
  foreign key (installation_id, member_id) references members on delete set null (member_id)
);

alter table evidence add column import_id uuid;
create index evidence_import on evidence (installation_id, import_id, meeting_id) where import_id is not null;

-- Grows when facts went or are read as of another meeting: whoever folded them begins anew.
alter table gatherings add column generation bigint not null default 0;

-- The meeting an imported one turned out to be, while both are in one gathering.
alter table meetings add column stands_for uuid;
create index meetings_imported on meetings (installation_id, number, started_at_ms)
  where uuid like 'import:%' and stands_for is null;
`
