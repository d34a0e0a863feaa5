import type { Role } from '../attendance/evidence.ts'

/**
 * A role as Zoom spells it (`co-host`, `coHost`, `cohost`: three ways, depending on where it is read), in our words. What is
 * not a string, or a spelling we do not know, is 'unknown' and never a guess.
 *
 * @see https://appssdk.zoom.us/types/ZoomSdkTypes.html
 */
export function roleFromZoom(spelling: unknown): Role {
  switch (typeof spelling === 'string' ? spelling.toLowerCase().replaceAll('-', '') : '') {
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
