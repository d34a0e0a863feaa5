import { randomBytes } from 'node:crypto'
import { AuthorizationChallenge, AuthorizationCode, AuthorizationStart } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import { pkcePair, type ContextReading, type OAuthFlows } from '../zoom/index.ts'
import { FLOW_MS, finishInClient, hashState, type ConsentParts } from './consent.ts'
import { openRoute, type Route } from './route.ts'
import { contextSentences } from './session.ts'
import { parseBody } from './validate.ts'

export interface AuthorizationRouteParts extends ConsentParts {
  verifyContext: (token: string, nowMs: number) => ContextReading
  oauthFlows: OAuthFlows
  publicUrl: string
}

/**
 * Consent inside the Zoom client: the panel begins with its app context, hands what it gets to `zoomSdk.authorize` and the
 * code of `onAuthorized` to us. The context is verified and not exchanged: it says who must be the one that agreed.
 *
 * @see https://developers.zoom.us/docs/zoom-apps/authentication/
 */
export function authorizationRoutes(parts: AuthorizationRouteParts): Route[] {
  const { publicUrl, clock, oauthFlows, inClient } = parts
  const home = `${publicUrl}/`
  // Where Zoom may say it sent the code: the page that asked, as browsers write it and as people type it, or our callback.
  const ourAddresses = new Set([home, publicUrl, `${publicUrl}/oauth/callback`])
  return [
    openRoute({
      method: 'post',
      path: '/api/authorization',
      summary: 'Begins consent inside the Zoom client: what `zoomSdk.authorize` is given.',
      access: { who: 'context' },
      body: AuthorizationStart,
      answer: AuthorizationChallenge,
      handle: async (req, res) => {
        const { appContext } = parseBody(AuthorizationStart, req.body)
        const nowMs = clock()
        const verified = parts.verifyContext(appContext, nowMs)
        if (!verified.ok) throw new RollbookError(verified.reason, contextSentences[verified.reason])
        const { zoomUserId } = verified.context
        if (zoomUserId === null) throw new RollbookError('guest', contextSentences.guest)

        const state = randomBytes(32).toString('base64url')
        const { verifier, challenge } = pkcePair(inClient.pkce)
        await oauthFlows.begin({
          stateHash: hashState(state),
          flow: { kind: 'in_client', verifier, zoomUserId },
          expiresAtMs: nowMs + FLOW_MS,
        })
        const answer: AuthorizationChallenge = { state, codeChallenge: challenge }
        res.set('Cache-Control', 'no-store').json(answer)
      },
    }),
    openRoute({
      method: 'post',
      path: '/api/authorization/code',
      summary:
        'Ends it with what `onAuthorized` brought; 410 when the callback was faster or it took too long.',
      access: { who: 'link' },
      body: AuthorizationCode,
      handle: async (req, res) => {
        const { state, code, redirectUri } = parseBody(AuthorizationCode, req.body)
        if (redirectUri !== null && !ourAddresses.has(redirectUri)) {
          throw new RollbookError('bad_request', 'The code was sent to an address that is not ours.', {
            fields: [{ path: 'redirectUri', message: 'not an address of this server' }],
          })
        }
        const flow = await oauthFlows.finish({
          kind: 'in_client',
          stateHash: hashState(state),
          nowMs: clock(),
        })
        if (flow === null) {
          throw new RollbookError(
            'flow_gone',
            'This consent was finished already or took longer than fifteen minutes. Open the panel again.',
          )
        }
        await finishInClient(parts, { code, redirectUri: redirectUri ?? home, flow })
        res.set('Cache-Control', 'no-store').status(204).end()
      },
    }),
  ]
}
