/**
 * The data model from the first day.
 *
 * Every tenant table begins with its installation, and composite foreign keys carry it along, so a row can never
 * refer into another installation. `sealed`, `payload` and `body` are ciphertext under the installation's data key;
 * `*_hash` are keyed hashes. Times are epoch milliseconds, UTC.
 */
export const beginning = `
create table deployment_keys (
  name text primary key,
  wrapped text not null,
  created_at_ms bigint not null
);

create table oauth_flows (
  state_hash text primary key,
  sealed bytea not null,
  expires_at_ms bigint not null
);
create index oauth_flows_expiry on oauth_flows (expires_at_ms);

create table used_contexts (
  tag_hash text primary key,
  exchanges integer not null,
  expires_at_ms bigint not null
);
create index used_contexts_expiry on used_contexts (expires_at_ms);

create table installations (
  id uuid primary key,
  profile text not null check (profile in ('user', 'account')),
  -- The Zoom user (profile user) or Zoom account (profile account) this authorisation covers.
  owner_hash text not null,
  account_hash text not null,
  cohost_policy text not null default 'without_emails'
    check (cohost_policy in ('nothing', 'without_emails', 'everything')),
  created_at_ms bigint not null,
  unique (profile, owner_hash)
);
create index installations_account on installations (account_hash);

create table data_keys (
  installation_id uuid primary key references installations on delete cascade,
  wrapped text not null,
  created_at_ms bigint not null
);

create table members (
  installation_id uuid not null references installations on delete cascade,
  id uuid not null,
  zoom_user_hash text not null,
  admin boolean not null,
  installer boolean not null,
  created_at_ms bigint not null,
  primary key (installation_id, id),
  unique (installation_id, zoom_user_hash)
);
-- For the cross-tenant look-up of a Zoom user.
create index members_zoom_user on members (zoom_user_hash);

create table tokens (
  installation_id uuid not null,
  member_id uuid not null,
  sealed bytea not null,
  expires_at_ms bigint not null,
  updated_at_ms bigint not null,
  primary key (installation_id, member_id),
  foreign key (installation_id, member_id) references members on delete cascade
);

create table gatherings (
  installation_id uuid not null references installations on delete cascade,
  id uuid not null,
  version bigint not null default 0,
  created_at_ms bigint not null,
  primary key (installation_id, id)
);

create table meetings (
  installation_id uuid not null references installations on delete cascade,
  id uuid not null,
  gathering_id uuid not null,
  uuid text not null,
  number text,
  kind text not null check (kind in ('meeting', 'webinar', 'event_session', 'unknown')),
  capture text not null check (capture in ('full', 'panel_only')),
  topic bytea,
  host_hash text,
  host_member_id uuid,
  started_at_ms bigint,
  ended_at_ms bigint,
  created_at_ms bigint not null,
  primary key (installation_id, id),
  unique (installation_id, uuid),
  foreign key (installation_id, gathering_id) references gatherings on delete cascade,
  foreign key (installation_id, host_member_id) references members on delete set null (host_member_id)
);
create index meetings_gathering on meetings (installation_id, gathering_id);
create index meetings_host on meetings (installation_id, host_hash);
-- For the cross-tenant look-ups of a meeting and of a host.
create index meetings_anywhere on meetings (uuid);
create index meetings_host_anywhere on meetings (host_hash);

create table evidence (
  installation_id uuid not null,
  meeting_id uuid not null,
  -- Keyed hash of the fact's key.
  fact_key text not null,
  seq bigint generated always as identity,
  kind text not null,
  witness text not null,
  at_ms bigint not null,
  -- Shortened keyed hashes of the address and of every folded word of the names, for looking people up.
  email_hash text,
  name_hashes text[] not null default '{}',
  -- Null once redacted: the times stay, the person does not.
  payload bytea,
  recorded_at_ms bigint not null,
  primary key (installation_id, meeting_id, fact_key),
  foreign key (installation_id, meeting_id) references meetings on delete cascade
);
create unique index evidence_order on evidence (installation_id, meeting_id, seq);

create function evidence_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.payload is null and new.email_hash is null and new.name_hashes = '{}'
      and (new.installation_id, new.meeting_id, new.fact_key, new.seq, new.kind, new.witness, new.at_ms, new.recorded_at_ms)
        = (old.installation_id, old.meeting_id, old.fact_key, old.seq, old.kind, old.witness, old.at_ms, old.recorded_at_ms)
    then return new; end if;
    raise exception 'evidence is append-only: an update may only redact';
  end if;
  if tg_op = 'DELETE' and not exists (select from installations where id = old.installation_id) then
    return old;
  end if;
  raise exception 'evidence is append-only: it goes only with its installation';
end $$;
create trigger evidence_append_only before update or delete on evidence
  for each row execute function evidence_is_append_only();
create trigger evidence_not_emptied before truncate on evidence
  for each statement execute function evidence_is_append_only();

create table inbox (
  installation_id uuid not null references installations on delete cascade,
  dedupe_key text not null,
  id bigint generated always as identity,
  state text not null default 'pending' check (state in ('pending', 'done', 'parked')),
  attempts integer not null default 0,
  -- A code, never a text: texts quote.
  last_error text,
  received_at_ms bigint not null,
  -- The key outlives the body: a delivery that comes again months later is still known.
  body bytea,
  primary key (installation_id, dedupe_key)
);
create index inbox_pending on inbox (id) where state = 'pending';
create index inbox_parked on inbox (id) where state = 'parked';
create index inbox_bodies on inbox (received_at_ms) where body is not null;

create table grants (
  installation_id uuid not null,
  gathering_id uuid not null,
  member_id uuid not null,
  role text not null check (role in ('host', 'cohost')),
  verified_at_ms bigint not null,
  revoked_at_ms bigint,
  primary key (installation_id, gathering_id, member_id, role),
  foreign key (installation_id, gathering_id) references gatherings on delete cascade,
  foreign key (installation_id, member_id) references members on delete cascade
);

create table sessions (
  installation_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  gathering_id uuid,
  role text not null check (role in ('host', 'cohost', 'participant', 'member')),
  admin boolean not null,
  context_at_ms bigint not null,
  tag_hash text not null,
  expires_at_ms bigint not null,
  ended_because text check (ended_because in ('session_expired', 'session_revoked', 'session_taken_over')),
  primary key (installation_id, id),
  foreign key (installation_id, member_id) references members on delete cascade,
  foreign key (installation_id, gathering_id) references gatherings on delete cascade
);
create index sessions_member on sessions (installation_id, member_id);
create index sessions_tag on sessions (tag_hash);
create index sessions_expiry on sessions (expires_at_ms);

create table people (
  installation_id uuid not null,
  gathering_id uuid not null,
  anchor_key text not null,
  id uuid not null,
  -- The age: of two people who turn out to be one, the smaller survives.
  born bigint generated always as identity,
  primary key (installation_id, gathering_id, anchor_key),
  unique (installation_id, id),
  foreign key (installation_id, gathering_id) references gatherings on delete cascade
);

create table person_aliases (
  installation_id uuid not null,
  alias_id uuid not null,
  gathering_id uuid not null,
  person_id uuid not null,
  primary key (installation_id, alias_id),
  foreign key (installation_id, gathering_id) references gatherings on delete cascade,
  foreign key (installation_id, person_id) references people (installation_id, id) on delete cascade
);

-- No foreign key: what was done, uninstalling included, stays told after the installation is gone. It names nobody.
create table audit (
  installation_id uuid not null,
  seq bigint not null,
  at_ms bigint not null,
  actor_member_id uuid,
  act text not null,
  gathering_id uuid,
  detail jsonb not null,
  prev_hash text not null,
  hash text not null,
  primary key (installation_id, seq)
);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_append_only before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_not_emptied before truncate on audit
  for each statement execute function audit_is_append_only();

create table export_links (
  installation_id uuid not null references installations on delete cascade,
  id_hash text not null,
  sealed bytea not null,
  expires_at_ms bigint not null,
  ticket_hash text,
  ticket_expires_at_ms bigint,
  primary key (installation_id, id_hash)
);
create unique index export_links_id on export_links (id_hash);
create unique index export_links_ticket on export_links (ticket_hash);
create index export_links_expiry on export_links (expires_at_ms);
`
