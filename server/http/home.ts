import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Response } from 'express'
import { openRoute, type Route } from './route.ts'

/** Zoom's name for the header the client sends with the first request of the home page. */
const CONTEXT_HEADER = 'x-zoom-app-context'

/**
 * The home URL. A valid app context chooses the panel's page; without one (a plain browser, Zoom's web client) the other
 * page decides by itself. The context is only looked at here, never exchanged. Always a whole answer: a 304 would leave
 * Zoom's client with an empty panel.
 */
export function homeRoutes(parts: { clientDir: string; isContext: (token: string) => boolean }): Route[] {
  const plain = readFileSync(join(parts.clientDir, 'index.html'), 'utf8')
  const panel = readPanelPage(parts.clientDir)
  return [
    openRoute({
      method: 'get',
      path: '/',
      summary: 'The panel inside Zoom; in a plain browser, what Rollbook is and how to add it.',
      access: { who: 'anyone' },
      handle: (req, res) => {
        const context = req.get(CONTEXT_HEADER)
        sendHome(res, context !== undefined && parts.isContext(context) ? panel : plain)
      },
    }),
  ]
}

/** The panel's page as built; the same inside Zoom and in a wide view. */
export const readPanelPage = (clientDir: string): string =>
  readFileSync(join(clientDir, 'panel.html'), 'utf8')

/** Sends a page of the panel whole. */
export function sendHome(res: Response, page: string): void {
  res.status(200).set({ 'Cache-Control': 'no-store', 'Content-Type': 'text/html; charset=utf-8' }).end(page)
}
