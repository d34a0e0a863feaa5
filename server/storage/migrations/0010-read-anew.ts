/**
 * A file read anew with other answers can make other meetings of itself: an import remembers which it made, so that what hosts
 * said of them goes along.
 */
export const readAnew = `
create table import_meetings (
  installation_id uuid not null,
  import_id uuid not null,
  -- Which of the meetings of the file, from 0.
  place int not null,
  -- What it goes by; the meeting itself may be gone while the file is read anew.
  meeting_uuid text not null,
  primary key (installation_id, import_id, place, meeting_uuid),
  foreign key (installation_id, import_id) references imports on delete cascade
);
create index import_meetings_uuid on import_meetings (installation_id, meeting_uuid);

-- Of files with several meetings nobody knows which came first.
insert into import_meetings (installation_id, import_id, place, meeting_uuid)
select told.installation_id, told.import_id, 0, min(told.uuid)
from (
  select distinct e.installation_id, e.import_id, m.uuid
  from evidence e join meetings m on m.installation_id = e.installation_id and m.id = e.meeting_id
  where e.import_id is not null
) told
group by told.installation_id, told.import_id
having count(*) = 1;
`
