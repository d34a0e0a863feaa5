/** Authorisation and the wide view: tokens that died, flows of several kinds, sessions of the system browser. */
export const authorisation = `
-- Zoom's code when it refused these tokens for good.
alter table tokens add column dead text;
-- When the user last agreed, as opposed to when the tokens were last renewed.
alter table tokens add column authorised_at_ms bigint;
update tokens set authorised_at_ms = updated_at_ms;
alter table tokens alter column authorised_at_ms set not null;

-- What is sealed in a flow has another shape than before; whoever is on the way through Zoom begins again.
delete from oauth_flows;
alter table oauth_flows add column kind text not null check (kind in ('web', 'in_client', 'welcome'));

alter table sessions add column via text not null default 'zoom' check (via in ('zoom', 'browser'));
-- Set while a wide view is handed over and not opened yet: the session waits for whoever brings the code.
alter table sessions add column handover_hash text check (handover_hash is null or via = 'browser');
create unique index sessions_handover on sessions (handover_hash) where handover_hash is not null;
`
