import type { Role } from '../../shared/attendance/evidence.ts'

/** Zoom spells one role three ways (`co-host`, `coHost`, `cohost`), depending on where it is read. */
const plain = (spelling: string): string => spelling.toLowerCase().replaceAll('-', '')

/** A role as evidence about a participant. A spelling we do not know is 'unknown', never a guess. */
export function evidenceRole(spelling: string): Role {
  switch (plain(spelling)) {
    case 'host':
      return 'host'
    case 'cohost':
      return 'cohost'
    case 'panelist':
      return 'panelist'
    case 'attendee':
    case 'participant':
      return 'attendee'
    default:
      return 'unknown'
  }
}

/** A role as a permission: whatever is not clearly host or co-host, absent included, has the least. */
export function permittedRole(spelling: string | null | undefined): 'host' | 'cohost' | 'participant' {
  const role = plain(spelling ?? '')
  return role === 'host' || role === 'cohost' ? role : 'participant'
}
