import { describe, expect, it, vi } from 'vitest'
import { hasZoomBridge } from '../../../client/zoom/bridge.ts'
import { ZoomFailure } from '../../../client/zoom/client.ts'
import { createZoomClient } from '../../../client/zoom/connect.ts'
import { roleFromZoom } from '../../../shared/wire/zoom-roles.ts'
import type { Sdk } from '../../../client/zoom/sdk.ts'
import { sdkApis, sdkEvents } from '../../../shared/wire/sdk-capabilities.ts'

function fakeSdk(given: Partial<Sdk> = {}) {
  const handlers = new Map<string, (data: unknown) => void>()
  const order: string[] = []
  const sdk: Sdk = {
    config: (options) => {
      order.push(`config ${options.version} ${options.capabilities.length}`)
      return Promise.resolve({ runningContext: 'inMeeting', unsupportedApis: [] })
    },
    getAppContext: () => Promise.resolve({ context: 'sealed' }),
    getMeetingParticipants: () => Promise.resolve({ participants: [] }),
    getWaitingRoomParticipants: () => Promise.resolve({ participants: [] }),
    getMeetingContext: () => Promise.resolve({ meetingTopic: 'Lesson', meetingID: '846 6890 2623' }),
    getMeetingUUID: () => Promise.resolve({ meetingUUID: 'room==', parentUUID: 'meeting==' }),
    getMeetingParticipantsEmail: () => Promise.resolve({ message: 'Success' }),
    openUrl: () => Promise.resolve({ message: 'success' }),
    authorize: () => Promise.resolve({ message: 'Success' }),
    showNotification: () => Promise.resolve({ message: 'Success' }),
    on: (event, handler) => {
      order.push(`on ${event}`)
      handlers.set(event, handler)
    },
    ...given,
  }
  return { sdk, order, send: (event: string, data: unknown) => handlers.get(event)?.(data) }
}

describe('the adapter around the Zoom Apps SDK', () => {
  it('listens as soon as Zoom answered and before it reads anything, since the client does not queue events', async () => {
    const { sdk, order } = fakeSdk()
    await expect(createZoomClient(sdk).connect()).resolves.toBe('meeting')
    expect(order[0]).toBe(`config 0.16 ${sdkApis.length + sdkEvents.length}`)
    expect(order.slice(1).sort()).toEqual(sdkEvents.map((event) => `on ${event}`).sort())
  })

  it('attaches its listeners once, however often it connects', async () => {
    const { sdk, order } = fakeSdk()
    const zoom = createZoomClient(sdk)
    await zoom.connect()
    await zoom.connect()
    expect(order.filter((call) => call === 'on onMeeting')).toHaveLength(1)
  })

  it('tries a core list when a client rejects the whole one, and says what is lost', async () => {
    const asked: string[][] = []
    const { sdk } = fakeSdk({
      config: ({ capabilities }) => {
        asked.push(capabilities)
        return asked.length === 1
          ? Promise.reject(Object.assign(new Error('unknown capability'), { code: 80004 }))
          : Promise.resolve({ runningContext: 'inMeeting', unsupportedApis: [] })
      },
    })
    const zoom = createZoomClient(sdk)
    await zoom.connect()
    expect(asked[1]?.length).toBeLessThan(asked[0]?.length ?? 0)
    expect(zoom.can('participants')).toBe(true)
    expect(zoom.can('emails')).toBe(false)
  })

  it('reports Zoom’s number as text, whether it came as number or string', async () => {
    for (const code of [80012, '80012']) {
      const { sdk } = fakeSdk({
        getMeetingParticipants: () => Promise.reject(Object.assign(new Error('no'), { code })),
      })
      const failure = await createZoomClient(sdk)
        .participants()
        .catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(ZoomFailure)
      expect((failure as ZoomFailure).code).toBe('80012')
    }
  })

  it('knows a plain browser by the SDK’s refusal', async () => {
    const { sdk } = fakeSdk({
      config: () => Promise.reject(new Error('The Zoom Apps SDK is not supported by this browser')),
    })
    await expect(createZoomClient(sdk).connect()).rejects.toMatchObject({ code: 'no_bridge' })
  })

  it('turns Zoom’s answers into ours and leaves out what does not fit', async () => {
    const { sdk } = fakeSdk({
      getMeetingParticipants: () =>
        Promise.resolve({
          participants: [
            { screenName: 'Elena', participantUUID: 'A', role: 'coHost' },
            { screenName: 'no id', role: 'host' },
            null,
          ],
        }),
    })
    const zoom = createZoomClient(sdk)
    await expect(zoom.participants()).resolves.toEqual([
      { participantUuid: 'A', name: 'Elena', role: 'cohost' },
    ])
    await expect(zoom.meeting()).resolves.toEqual({ topic: 'Lesson', number: '84668902623' })
    await expect(zoom.whereabouts()).resolves.toEqual({ scope: 'breakout', room: 'room==' })
  })

  it('passes joins and leaves on, in order', async () => {
    const { sdk, send } = fakeSdk()
    const zoom = createZoomClient(sdk)
    const heard = vi.fn()
    zoom.on('people', heard)
    await zoom.connect()
    send('onParticipantChange', {
      timestamp: 1700000000,
      participants: [
        { status: 'leave', screenName: 'Anna', participantUUID: 'A', role: 'attendee' },
        { status: 'join', screenName: 'Anna', participantUUID: 'B', role: 'cohost' },
        { status: 'blink', screenName: 'Odd', participantUUID: 'C', role: 'attendee' },
      ],
    })
    expect(heard).toHaveBeenCalledWith([
      { change: 'left', person: { participantUuid: 'A', name: 'Anna', role: 'attendee' } },
      { change: 'joined', person: { participantUuid: 'B', name: 'Anna', role: 'cohost' } },
    ])
  })

  it('takes every spelling of a role and treats unknown ones as unknown', () => {
    expect(
      ['host', 'coHost', 'co-host', 'cohost', 'Panelist', 'participant', 'king', 7].map(roleFromZoom),
    ).toEqual(['host', 'cohost', 'cohost', 'cohost', 'panelist', 'attendee', 'unknown', 'unknown'])
  })

  it('recognises a native bridge and a frame, and nothing in a plain tab', () => {
    const tab = (given: object) => {
      const page = { ...given } as unknown as Window & { top: unknown }
      if (!('top' in given)) (page as { top: unknown }).top = page
      return page
    }
    expect(hasZoomBridge(tab({}))).toBe(false)
    expect(hasZoomBridge(tab({ chrome: { webview: {} } }))).toBe(true)
    expect(hasZoomBridge(tab({ webkit: { messageHandlers: { jsOCHelper: {} } } }))).toBe(true)
    expect(hasZoomBridge(tab({ android: {} }))).toBe(true)
    expect(hasZoomBridge(tab({ top: {} }))).toBe(true)
  })
})
