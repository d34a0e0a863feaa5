/** When Zoom says a meeting was meant to be, asked once after its end; null where it does not say. */
export const schedules = `
alter table meetings add column planned_start_ms bigint;
alter table meetings add column planned_end_ms bigint;
alter table meetings add column schedule_asked boolean not null default false;
`
