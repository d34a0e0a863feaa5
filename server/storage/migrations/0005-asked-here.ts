/** Who asked for what: leaving from our own panel, reports, and how soon they may be asked for again. */
export const askedHere = `
-- They pressed Disconnect here: whichever news of it removes first, it was asked for in Rollbook.
alter table tokens add column leaving boolean not null default false;

-- When the last try ended: a host who asks again at once is not sent to Zoom again.
alter table reports add column tried_at_ms bigint;
-- Zoom's limit is why nobody asks before next_try_at_ms; of a settled report the reason does not say so.
alter table reports add column rate_limited boolean not null default false;
-- Of a probe: a host waits for what comes of it, so it ends in an answer.
alter table reports add column asked boolean not null default false;
`
