import { describe, expect, it } from 'vitest'
import { FRESH_CONTEXT_MS, isFresh, mayRead, type Field } from '../../../server/access/index.ts'
import type { GatheringAccess, MemberViewer } from '../../../server/access/index.ts'

const viewer = (more: Partial<MemberViewer> = {}): MemberViewer => ({
  kind: 'member',
  installationId: 'i',
  memberId: 'me',
  sessionId: 's',
  role: 'participant',
  gatheringId: 'g',
  contextAtMs: 0,
  admin: false,
  ...more,
})
const gathering = (more: Partial<GatheringAccess> = {}): GatheringAccess => ({
  gatheringId: 'g',
  hostMemberId: 'host',
  capture: 'full',
  ended: false,
  grants: [],
  cohostPolicy: 'without_emails',
  ...more,
})
const fields: Field[] = ['people', 'emails', 'export', 'observe']
const allowed = (who: MemberViewer, where: GatheringAccess | null): Field[] =>
  fields.filter((field) => mayRead(who, where, field))
const cohost = { role: 'cohost', verifiedAtMs: 0 } as const

describe('the one gate', () => {
  it('gives the host everything', () => {
    expect(allowed(viewer({ memberId: 'host', role: 'host' }), gathering())).toEqual(fields)
  })

  it('gives an admin of the account everything but the right to speak for a panel', () => {
    expect(allowed(viewer({ admin: true }), gathering())).toEqual(['people', 'emails', 'export'])
  })

  it.each([
    ['nothing', ['people', 'observe']],
    ['without_emails', ['people', 'export', 'observe']],
    ['everything', fields],
  ] as const)('lets a co-host by grant have %s as the policy says', (cohostPolicy, expected) => {
    expect(allowed(viewer({ role: 'cohost' }), gathering({ grants: [cohost], cohostPolicy }))).toEqual(
      expected,
    )
  })

  it('treats whoever was made host of another’s meeting like a co-host', () => {
    const made = { role: 'host', verifiedAtMs: 0 } as const
    expect(allowed(viewer({ role: 'host' }), gathering({ grants: [made] }))).toEqual([
      'people',
      'export',
      'observe',
    ])
  })

  it('gives everything to the host of a meeting of which Zoom has not said whose it is', () => {
    const made = { role: 'host', verifiedAtMs: 0 } as const
    const unnamed = gathering({ hostMemberId: null, grants: [made] })
    expect(allowed(viewer({ role: 'host' }), unnamed)).toEqual(fields)
  })

  it('believes a co-host role only with a recorded grant', () => {
    expect(allowed(viewer({ role: 'cohost', gatheringId: 'other' }), gathering())).toEqual([])
  })

  it('lets whoever captured a meeting with their own panel have what it saw', () => {
    const panelOnly = gathering({
      capture: 'panel_only',
      hostMemberId: null,
      grants: [cohost],
      cohostPolicy: 'nothing',
    })
    expect(allowed(viewer({ role: 'cohost' }), panelOnly)).toEqual(fields)
  })

  it('gives a participant, and everybody elsewhere, nothing', () => {
    expect(allowed(viewer(), gathering())).toEqual([])
    expect(allowed(viewer({ memberId: 'host', role: 'host', admin: true }), null)).toEqual([])
  })

  it('takes observations only from the panel of this very gathering', () => {
    expect(
      mayRead(viewer({ memberId: 'host', role: 'host', gatheringId: 'other' }), gathering(), 'observe'),
    ).toBe(false)
  })

  it('calls a context fresh for two minutes, not longer', () => {
    expect(isFresh(viewer({ contextAtMs: 0 }), FRESH_CONTEXT_MS)).toBe(true)
    expect(isFresh(viewer({ contextAtMs: 0 }), FRESH_CONTEXT_MS + 1)).toBe(false)
  })
})
