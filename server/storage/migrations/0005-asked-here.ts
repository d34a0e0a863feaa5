/** Who asked for what: leaving from our own panel, and when a report was last tried. */
export const askedHere = `
-- They pressed Disconnect here: whichever news of it removes first, it was asked for in Rollbook.
alter table tokens add column leaving boolean not null default false;

-- When the last try ended: a host who asks again at once is not sent to Zoom again.
alter table reports add column tried_at_ms bigint;
`
