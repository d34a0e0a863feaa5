import type { Role } from '../../shared/attendance/evidence.ts'

/** Zoom spells roles differently in every API (host, coHost, co-host …); what we do not know is least privilege. */
export function roleFromZoom(spelling: unknown): Role {
  switch (typeof spelling === 'string' ? spelling.toLowerCase().replace(/[-_ ]/g, '') : '') {
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
