/** Lists of gatherings know how many came, whether or not anybody opened the gathering. */
export const headCounts = `
-- When the people are to be counted; null: counted, or not over yet. Changing it takes a count that is under way its ground.
alter table gatherings add column count_due_ms bigint;
update gatherings g set count_due_ms = 0
where exists (select from meetings m where m.installation_id = g.installation_id and m.gathering_id = g.id)
  and not exists (
    select from meetings m where m.installation_id = g.installation_id and m.gathering_id = g.id
      and m.capture = 'full' and m.ended_at_ms is null);
create index gatherings_count_due on gatherings (count_due_ms) where count_due_ms is not null;
`
