import { describe, expect, it } from 'vitest'
import {
  FRESH_CONTEXT_MS,
  isFresh,
  mayRead,
  opensAtEnd,
  standingOf,
  type Field,
} from '../../../server/access/index.ts'
import type { GatheringAccess, MemberViewer, SystemViewer } from '../../../server/access/index.ts'

const viewer = (more: Partial<MemberViewer> = {}): MemberViewer => ({
  kind: 'member',
  installationId: 'i',
  memberId: 'me',
  sessionId: 's',
  role: 'participant',
  gatheringId: 'g',
  contextAtMs: 0,
  via: 'zoom',
  admin: false,
  ...more,
})
const gathering = (more: Partial<GatheringAccess> = {}): GatheringAccess => ({
  gatheringId: 'g',
  gatheringIds: ['g'],
  hostMemberId: 'host',
  capture: 'full',
  ended: false,
  grants: [],
  cohostPolicy: 'without_emails',
  decisions: { once: null, always: null },
  request: 'none',
  ...more,
})
const fields: Field[] = ['people', 'emails', 'export', 'observe', 'manage', 'own_line', 'standing']
const allowed = (who: MemberViewer | SystemViewer, where: GatheringAccess | null): string =>
  fields.filter((field) => mayRead(who, where, field)).join(' ')

const cohost = { role: 'cohost', verifiedAtMs: 0 } as const
const madeHost = { role: 'host', verifiedAtMs: 0 } as const
const everything = fields.join(' ')
const ownersOutside = 'people emails export manage own_line standing'

const inMeeting = viewer({ role: 'cohost' })
const mainClient = viewer({ role: 'member', gatheringId: null })
const elsewhere = viewer({ role: 'cohost', gatheringId: 'another' })

describe('the one gate', () => {
  it.each<[string, MemberViewer | SystemViewer, Partial<GatheringAccess> | null, string]>([
    ['the host, in the meeting', viewer({ memberId: 'host', role: 'host' }), {}, everything],
    ['the host, from the main client', viewer({ ...mainClient, memberId: 'host' }), {}, ownersOutside],
    ['the host, from another meeting', viewer({ ...elsewhere, memberId: 'host' }), {}, ownersOutside],
    ['an admin of the account', viewer({ ...mainClient, admin: true }), {}, ownersOutside],
    [
      'the first to prove host, until Zoom names one',
      viewer({ role: 'host' }),
      { hostMemberId: null, grants: [madeHost] },
      everything,
    ],
    [
      'whoever captured a meeting with their own panel',
      inMeeting,
      { capture: 'panel_only', hostMemberId: null, grants: [cohost], cohostPolicy: 'nothing' },
      everything,
    ],
    ['a participant in the meeting', viewer(), {}, 'own_line'],
    ['a participant after the meeting', viewer(), { ended: true }, 'own_line'],
    ['a participant of another meeting', viewer({ gatheringId: 'another' }), {}, ''],
    ['somebody in the main client', mainClient, {}, ''],
    ['a claimed co-host without a grant', inMeeting, {}, 'observe'],
    ['anybody, about a gathering of another installation', viewer({ admin: true, role: 'host' }), null, ''],
    [
      'our own work',
      { kind: 'system', installationId: 'i', purpose: 'live_roster' },
      {},
      'people emails export',
    ],
  ])('%s', (_title, who, access, expected) => {
    expect(allowed(who, access === null ? null : gathering(access))).toBe(expected)
  })

  const none = { once: null, always: null }
  it.each<
    [string, Partial<GatheringAccess> & { decisions: GatheringAccess['decisions'] }, string, string, string]
  >([
    // installation and decisions · live, in the meeting · live, elsewhere · ended
    [
      'nothing',
      { cohostPolicy: 'nothing', decisions: none },
      'people observe own_line standing',
      'standing',
      'standing',
    ],
    [
      'without_emails',
      { cohostPolicy: 'without_emails', decisions: none },
      'people export observe own_line standing',
      'standing',
      'people export own_line standing',
    ],
    [
      'everything',
      { cohostPolicy: 'everything', decisions: none },
      'people emails export observe own_line standing',
      'standing',
      'people emails export own_line standing',
    ],
    [
      'nothing, but everything for this one',
      { cohostPolicy: 'nothing', decisions: { once: null, always: 'everything' } },
      'people emails export observe own_line standing',
      'standing',
      'people emails export own_line standing',
    ],
    [
      'everything, but nothing for this one',
      { cohostPolicy: 'everything', decisions: { once: null, always: 'nothing' } },
      'people observe own_line standing',
      'standing',
      'standing',
    ],
    [
      'nothing for this one, but this gathering granted',
      { cohostPolicy: 'nothing', decisions: { once: 'without_emails', always: 'nothing' } },
      'people export observe own_line standing',
      'standing',
      'people export own_line standing',
    ],
  ])('a co-host by grant, policy %s', (_title, access, live, liveElsewhere, ended) => {
    const granted = gathering({ grants: [cohost], ...access })
    expect(allowed(inMeeting, granted)).toBe(live)
    expect(allowed(mainClient, granted)).toBe(liveElsewhere)
    expect(allowed(elsewhere, granted)).toBe(liveElsewhere)
    expect(allowed(mainClient, { ...granted, ended: true })).toBe(ended)
  })

  it('treats whoever was made host of another’s meeting like a co-host', () => {
    const granted = gathering({ grants: [madeHost] })
    expect(allowed(viewer({ role: 'host' }), granted)).toBe('people export observe own_line standing')
  })

  it('gives a demoted co-host nothing of the live meeting but their own line', () => {
    expect(allowed(viewer(), gathering({ grants: [cohost], cohostPolicy: 'everything' }))).toBe(
      'own_line standing',
    )
  })

  it('takes a session of a joined gathering for one of the whole', () => {
    const joined = gathering({ gatheringId: 'whole', gatheringIds: ['whole', 'g'], grants: [cohost] })
    expect(standingOf(inMeeting, joined)).toBe('cohost')
    expect(mayRead(inMeeting, joined, 'observe')).toBe(true)
  })

  it('calls a context fresh for two minutes, not longer', () => {
    expect(isFresh(viewer({ contextAtMs: 0 }), FRESH_CONTEXT_MS)).toBe(true)
    expect(isFresh(viewer({ contextAtMs: 0 }), FRESH_CONTEXT_MS + 1)).toBe(false)
  })

  it('calls a wide view fresh, except for a meeting that runs', () => {
    expect(isFresh(viewer({ via: 'browser' }), FRESH_CONTEXT_MS + 1)).toBe(true)
    expect(isFresh(viewer({ via: 'browser' }), 0, true)).toBe(false)
  })
})

describe('a running meeting seen from outside', () => {
  it.each<[string, MemberViewer, Partial<GatheringAccess>, boolean]>([
    ['opens for a co-host once it is over, by the policy', mainClient, {}, true],
    ['not where the policy gives nothing', mainClient, { cohostPolicy: 'nothing' }, false],
    [
      'but where the host granted this one',
      mainClient,
      { cohostPolicy: 'nothing', decisions: { once: 'without_emails', always: null } },
      true,
    ],
    ['is open already to whoever proved the role in it', inMeeting, {}, false],
    ['is over', mainClient, { ended: true, cohostPolicy: 'nothing' }, false],
    ['never opens for whoever proved nothing', mainClient, { grants: [] }, false],
  ])('%s', (_title, who, access, expected) => {
    expect(opensAtEnd(who, gathering({ grants: [cohost], ...access }))).toBe(expected)
  })
})
