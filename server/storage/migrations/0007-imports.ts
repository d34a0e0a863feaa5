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
  -- What the person called it, sealed, so that they find it again; gone with an undo.
  name bytea,
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
-- What was redacted of an import may go: whoever handed a wrong file in can have it gone. All else stays as it was.
create or replace function evidence_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.payload is null and new.email_hash is null and new.name_hashes = '{}'
      and (new.installation_id, new.meeting_id, new.fact_key, new.seq, new.kind, new.witness, new.at_ms, new.recorded_at_ms)
        = (old.installation_id, old.meeting_id, old.fact_key, old.seq, old.kind, old.witness, old.at_ms, old.recorded_at_ms)
      and new.import_id is not distinct from old.import_id
    then return new; end if;
    raise exception 'evidence is append-only: an update may only redact';
  end if;
  if tg_op = 'DELETE' and (old.import_id is not null and old.payload is null
    or not exists (select from installations where id = old.installation_id)) then
    return old;
  end if;
  raise exception 'evidence is append-only: it goes only with its installation';
end $$;
create index evidence_import on evidence (installation_id, import_id, meeting_id) where import_id is not null;

-- Grows when facts went or are read as of another meeting: whoever folded them begins anew.
alter table gatherings add column generation bigint not null default 0;

-- The meeting an imported one turned out to be, while both are in one gathering.
alter table meetings add column stands_for uuid;
-- Columns nobody but files told of; they go again with the last file.
alter table meetings add column learnt text[];
create index meetings_imported on meetings (installation_id, number, started_at_ms)
  where uuid like 'import:%' and stands_for is null;
`
