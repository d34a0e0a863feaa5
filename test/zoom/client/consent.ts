/**
 * In-client authorisation: `authorize` is answered at once, the code comes later as `onAuthorized`. The consent is silent,
 * as for scopes already granted.
 *
 * @see https://developers.zoom.us/docs/zoom-apps/authentication/
 */
import type { ZoomWorld } from '../world.ts'

export interface ConsentSwitches {
  /** How the client binds the code to the challenge: `plain` as documented, S256 as some pages show. */
  challengeMethod: 'plain' | 'S256'
  /**
   * What follows the consent: the event; the event without `state`, as older clients send it; nothing in the client while
   * the redirect reaches the server, as was seen; nothing at all; or an event that says no.
   */
  consentAnswer: 'event' | 'event_without_state' | 'redirect' | 'none' | 'declined'
  /** Somebody else is signed in to this client by now: the code is theirs (a Zoom user id). */
  consentOf: string | null
}

export const consentSwitches = (): ConsentSwitches => ({
  challengeMethod: 'plain',
  consentAnswer: 'event',
  consentOf: null,
})

/** Performs the consent of this user; `data` is what the SDK sent with the call. */
export function giveConsent(input: {
  world: ZoomWorld
  zoomUserId: string
  data: unknown
  switches: ConsentSwitches
  emit: (name: string, data: Record<string, unknown>) => void
}): void {
  const { world, switches, emit } = input
  const { codeChallenge = '', state } = (input.data ?? {}) as { codeChallenge?: string; state?: string }
  const { redirectUri } = world.app
  const code = world.codes.issue({
    zoomUserId: switches.consentOf ?? input.zoomUserId,
    redirectUri,
    challenge: { value: codeChallenge, method: switches.challengeMethod },
    inClient: true,
  })
  const told = { code, redirectUri, result: true }
  const answers: Record<ConsentSwitches['consentAnswer'], () => void> = {
    event: () => emit('onAuthorized', { ...told, ...(state !== undefined && { state }) }),
    event_without_state: () => emit('onAuthorized', told),
    redirect() {
      const back = new URL(redirectUri)
      back.searchParams.set('code', code)
      if (state !== undefined) back.searchParams.set('state', state)
      // Whatever the server makes of it, nobody in the client sees the page.
      fetch(back, { redirect: 'manual' }).catch(() => undefined)
    },
    none: () => undefined,
    declined: () => emit('onAuthorized', { result: false, ...(state !== undefined && { state }) }),
  }
  // After the call's own reply.
  setImmediate(answers[switches.consentAnswer])
}
