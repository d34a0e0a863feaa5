/** When which Zoom account may be asked again. Of accounts, not of installations: they share Zoom's limits. */
export const zoomRates = `
create table zoom_rates (
  account_hash text not null,
  label text not null check (label in ('light', 'medium', 'heavy')),
  -- The next instant nobody has taken; fractions of a millisecond add up.
  next_at_ms double precision not null,
  -- The UTC day the count is of, in days since 1970.
  day integer not null,
  used integer not null,
  primary key (account_hash, label)
);
`
