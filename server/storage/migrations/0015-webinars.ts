/** What else is known of webinars: practice sessions (Zoom says only at their end what they were), and who is on stage. */
export const webinars = `
alter table meetings add column rehearsal boolean not null default false;
-- Names and addresses of the panelists, as Zoom told them last.
alter table registrations add column panelists bytea;
`
