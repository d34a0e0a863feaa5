/**
 * After the meeting: co-host decisions, requests for access, gatherings joined and kept apart.
 *
 * Joining moves meetings, and the ids of the people in them, into another gathering. Grants and requests stay where they
 * were made; a gathering without meetings of its own is found again by `home_gathering_id`, so taking apart is exact.
 */
export const afterwards = `
-- False for co-hosts and participants who came from elsewhere: an account's installation is not theirs.
alter table members add column belongs boolean not null default true;

-- The gathering it was born in, while it is joined to another.
alter table meetings add column home_gathering_id uuid;
alter table meetings add foreign key (installation_id, home_gathering_id) references gatherings on delete cascade;
create index meetings_home on meetings (installation_id, home_gathering_id) where home_gathering_id is not null;
-- For finding restarts: the same number again.
create index meetings_number on meetings (installation_id, number, started_at_ms) where number is not null;
create index meetings_started on meetings (installation_id, (coalesce(started_at_ms, created_at_ms)) desc, id desc);
-- For the gatherings somebody has a grant for.
create index grants_member on grants (installation_id, member_id);

create table cohost_decisions (
  installation_id uuid not null,
  member_id uuid not null,
  always text not null check (always in ('nothing', 'without_emails', 'everything')),
  decided_at_ms bigint not null,
  primary key (installation_id, member_id),
  foreign key (installation_id, member_id) references members on delete cascade
);

create table access_requests (
  installation_id uuid not null,
  id uuid not null,
  gathering_id uuid not null,
  member_id uuid not null,
  state text not null check (state in ('pending', 'granted_once', 'granted_always', 'refused')),
  -- Of a granted one: with addresses.
  emails boolean not null default false,
  requested_at_ms bigint not null,
  decided_at_ms bigint,
  primary key (installation_id, id),
  unique (installation_id, gathering_id, member_id),
  foreign key (installation_id, gathering_id) references gatherings on delete cascade,
  foreign key (installation_id, member_id) references members on delete cascade
);
create index access_requests_member on access_requests (installation_id, member_id);

-- Two gatherings the host said are not one; the smaller id first.
create table kept_apart (
  installation_id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  decided_at_ms bigint not null,
  primary key (installation_id, one_id, other_id),
  foreign key (installation_id, one_id) references gatherings on delete cascade,
  foreign key (installation_id, other_id) references gatherings on delete cascade
);
`
