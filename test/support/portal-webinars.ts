import {
  minutesBetween,
  type PortalMeeting,
  type PortalRow,
  type PortalVariant,
  type Writing,
} from './portal-rows.ts'

/** The attendee report of a webinar, section by section. */
export function* webinarLines(
  variant: PortalVariant,
  rows: PortalRow[],
  { number, topic, startedMs, endedMs }: PortalMeeting,
  { line, when }: Writing,
): Generator<string> {
  const isOld = variant === 'webinar_2020'
  const registered = variant === 'webinar_registered'
  const grouped = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
  yield line(['Attendee Report', '', '', ''])
  yield line([isOld ? 'Report Generated:' : 'Report generated time', when(endedMs + 3_600_000)])
  const head = ['Topic', 'Webinar ID', 'Actual Start Time', 'Actual Duration (minutes)']
  const values = [topic, grouped, when(startedMs), String(minutesBetween(startedMs, endedMs))]
  yield line([
    ...head,
    '# Registered',
    '# Cancelled',
    'Unique Viewers',
    'Total Users',
    'Max Concurrent Views',
  ])
  yield line([...values, registered ? '9' : '0', '0', '5', '9', '7'])
  const titles = {
    host: 'Host Details',
    panelist: 'Panelist Details',
    attendee: 'Attendee Details',
    other: 'Other Attended',
  }
  const name = isOld ? 'User Name' : 'User Name (Original Name)'
  const last = isOld ? ['Country/Region Name'] : ['Is Guest', 'Country/Region Name']
  const plain = ['Attended', name, 'Email', 'Join Time', 'Leave Time', 'Time in Session (minutes)', ...last]
  for (const section of ['host', 'panelist', 'attendee', 'other'] as const) {
    const inside = rows.filter((each) => (each.section ?? 'attendee') === section)
    if (inside.length === 0) continue
    const full = registered && section === 'attendee'
    yield line([titles[section], '', ''])
    yield line(
      full
        ? [
            ...['Attended', name, 'First Name', 'Last Name', 'Email', 'Phone', 'Registration Time'],
            ...['Approval Status', 'How did you hear of us?', 'Join Time', 'Leave Time'],
            ...['Time in Session (minutes)', ...last],
          ]
        : plain,
    )
    for (const { name: shown, email, stay, rejoin = false } of inside) {
      const times =
        stay === null
          ? ['--', '--', '--']
          : [when(stay.fromMs), when(stay.toMs), String(minutesBetween(stay.fromMs, stay.toMs))]
      const came = stay === null ? 'No' : 'Yes'
      const rest = isOld ? ['Germany'] : ['Yes', 'Germany']
      const [first = '', ...others] = shown.split(' ')
      const said = rejoin ? ['', ''] : [when(startedMs - 86_400_000), 'approved']
      yield line(
        full
          ? [came, shown, first, others.join(' '), email, '', ...said, 'A friend', ...times, ...rest]
          : [came, shown, email, ...times, ...rest],
      )
    }
  }
}
