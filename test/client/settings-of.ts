import { Capability, type AccessRequest, type Connection, type Settings } from '../../shared/wire/index.ts'
import { at } from './people.ts'

/** A co-host's asking, as the host's settings tell of it. */
export function request(id: string, given: Partial<AccessRequest> = {}): AccessRequest {
  return {
    id,
    gatheringId: 'g0',
    topic: 'Project management, lesson 3',
    startedAt: at(-7 * 24 * 60),
    memberId: `member of ${id}`,
    name: 'Olga Petrova',
    requestedAt: at(30),
    state: 'pending',
    ...given,
  }
}

/** Zoom's consent, with everything it can make possible. */
export const connected: Connection = {
  state: 'connected',
  missingScopes: [],
  grantedBy: 'user',
  capabilities: Capability.options.map((capability) => ({ capability, missingScopes: [] })),
}

/** A host's settings in which all is well and nobody waits. */
export function hostSettings(given: Partial<Settings> = {}): Settings {
  return {
    mayManage: true,
    cohostPolicy: 'without_emails',
    cohosts: [
      { memberId: 'm7', name: 'Marat Islamov', gatherings: 6, lastVerifiedAt: at(0), always: null },
      {
        memberId: 'm8',
        name: 'Ольга Петрова',
        gatherings: 1,
        lastVerifiedAt: at(-7 * 24 * 60),
        always: 'everything',
      },
      { memberId: 'm9', name: null, gatherings: 2, lastVerifiedAt: at(-9 * 24 * 60), always: 'nothing' },
    ],
    requests: [],
    connection: connected,
    wideViews: 0,
    ...given,
  }
}
