/** Which of Zoom's lists was read: page tokens of one are of no use for the other, and people are told which counts. */
export const listSources = `
alter table report_batches add column source text not null default 'past' check (source in ('report', 'past'));
-- Of the list that counts; null when none does.
alter table reports add column source text check (source in ('report', 'past'));
update reports set source = 'past' where fetched_at_ms is not null;
`
