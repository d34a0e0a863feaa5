import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { Handover } from '../../shared/wire/index.ts'
import { pageWords } from '../../shared/words/index.ts'
import type { SessionTokens, Sessions } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { RollbookError } from '../errors.ts'
import { hashState } from './consent.ts'
import { readPanelPage, sendHome } from './home.ts'
import { languageOf, renderPage } from './pages.ts'
import { openRoute, sessionRoute, type Route } from './route.ts'
import type { SessionKeeper } from './session-keeper.ts'
import { isForeignOrigin, WIDE_VIEW_MS, wideCookie } from './wide-cookie.ts'

/** The panel opens the address at once; a minute is for slow browsers, not for passing it on. */
const CODE_MS = 60_000

export interface HandoverRouteParts {
  sessions: Sessions
  tokens: SessionTokens
  audit: AuditLog
  keeper: SessionKeeper
  publicUrl: string
  clientDir: string
  clock: () => number
}

/**
 * The wide view: a panel hands its session to the system browser. Opening the address only shows a button, so that whatever
 * looks into links on the way uses nothing up; the button opens the session, once, and the browser keeps it in a cookie.
 */
export function handoverRoutes(parts: HandoverRouteParts): Route[] {
  const { sessions, publicUrl, clock } = parts
  const cookie = wideCookie(publicUrl)
  const panel = readPanelPage(parts.clientDir)
  return [
    sessionRoute({
      method: 'post',
      path: '/api/handover',
      summary: 'An address that opens this panel wide in the system browser, once, within a minute.',
      access: { who: 'session', fresh: true },
      answer: Handover,
      handle: async (_req, res, viewer) => {
        if (viewer.via === 'browser') {
          throw new RollbookError(
            'forbidden',
            'A wide view cannot open another, or it would never end. Open it from the panel in Zoom.',
          )
        }
        const code = randomBytes(16).toString('base64url')
        await sessions.handOver({ viewer, codeHash: hashState(code), expiresAtMs: clock() + CODE_MS })
        const answer: Handover = { url: `${publicUrl}/wide/${code}`, expiresInSeconds: CODE_MS / 1000 }
        res.set('Cache-Control', 'no-store').status(201).json(answer)
      },
    }),
    sessionRoute({
      method: 'post',
      path: '/api/handover/end',
      summary: 'Ends every wide view of this person.',
      access: { who: 'session' },
      handle: async (_req, res, viewer) => {
        const ended = await sessions.endWideViews(viewer)
        if (ended > 0) {
          await parts.audit.append({
            installationId: viewer.installationId,
            actorMemberId: viewer.memberId,
            act: 'wide_views_ended',
            gatheringId: null,
            atMs: clock(),
            detail: { ended },
          })
        }
        if (viewer.via === 'browser') res.clearCookie(cookie.name, cookie.options)
        res.status(204).end()
      },
    }),
    openRoute({
      method: 'get',
      path: '/wide/:code',
      summary: 'The page whose button opens the wide view.',
      access: { who: 'link' },
      handle: async (req, res) => {
        const code = String(req.params['code'])
        if (await sessions.isHandedOver(hashState(code), clock())) {
          const language = languageOf(req.get('accept-language'))
          const { title, paragraphs, button } = pageWords.wide[language]
          send(res, 200, {
            language,
            title,
            paragraphs: [...paragraphs],
            action: { label: button, method: 'post', href: `/wide/${encodeURIComponent(code)}` },
          })
        } else sendGone(req, res, 410)
      },
    }),
    openRoute({
      method: 'post',
      path: '/wide/:code',
      summary: 'Opens the wide view, once: sets its cookie and leads to it.',
      access: { who: 'link' },
      handle: async (req, res) => {
        if (isForeignOrigin(req, publicUrl)) {
          throw new RollbookError(
            'forbidden',
            'Another site asked for this. Open the wide view from the panel.',
          )
        }
        const nowMs = clock()
        const session = await sessions.openWideView({
          codeHash: hashState(String(req.params['code'])),
          nowMs,
          expiresAtMs: nowMs + WIDE_VIEW_MS,
        })
        if (session === null) {
          sendGone(req, res, 410)
          return
        }
        // The browser is about to forget the cookie of an older one, so nobody could end that.
        const older = await parts.keeper.wideViewOf(req)
        if (older !== null) await sessions.end(older)
        await parts.audit.append({
          installationId: session.installationId,
          actorMemberId: session.memberId,
          act: 'wide_view_opened',
          gatheringId: session.gatheringId,
          atMs: nowMs,
          detail: { role: session.role },
        })
        res
          .cookie(cookie.name, await parts.tokens.sign(session, session.expiresAtMs), {
            ...cookie.options,
            maxAge: WIDE_VIEW_MS,
          })
          .set('Cache-Control', 'no-store')
          .redirect(303, '/wide')
      },
    }),
    openRoute({
      method: 'get',
      path: '/wide',
      summary:
        'The panel, wide, in a browser that a panel handed its session to; without one, how to get it.',
      access: { who: 'anyone' },
      handle: async (req, res) => {
        if ((await parts.keeper.wideViewOf(req)) === null) sendGone(req, res, 200)
        else sendHome(res, panel)
      },
    }),
  ]
}

function sendGone(req: Request, res: Response, status: number): void {
  const language = languageOf(req.get('accept-language'))
  const { title, paragraphs } = pageWords.wideGone[language]
  send(res, status, { language, title, paragraphs: [...paragraphs] })
}

function send(res: Response, status: number, page: Parameters<typeof renderPage>[0]): void {
  res.status(status).set('Cache-Control', 'no-store').type('html').send(renderPage(page))
}
