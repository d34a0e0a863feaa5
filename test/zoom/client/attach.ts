/** Puts a Playwright page into the simulated Zoom client of one person, as a top-level panel on Windows. */
import type { Page } from 'playwright-core'
import { bridgeInitScript, DELIVER_FUNCTION, POST_BINDING } from './bridge-init.ts'
import { createZoomClient } from './zoom-client.ts'
import type { ZoomClient, ZoomClientOptions } from './zoom-client.ts'

export interface AttachOptions extends ZoomClientOptions {
  /** The app's home page, e.g. `http://localhost:3000/`: its document requests, and no others, carry the context header. */
  homeUrl: string
  /** Off: the home page comes without the header, as in Zoom's web client. */
  contextHeader?: boolean
}

/** As the client's own requests name themselves. */
const CLIENT_USER_AGENT = 'Mozilla/5.0 ZoomWebKit/537.36 (KHTML, like Gecko) ZoomApps/1.0'

/**
 * Call before `page.goto(homeUrl)`. The client lives until the page closes.
 *
 * @returns the client, whose switches, calls and opened URLs a test reads and sets
 */
export async function attachZoomClient(page: Page, options: AttachOptions): Promise<ZoomClient> {
  const client = createZoomClient(options)
  const home = new URL(options.homeUrl)

  await page.exposeFunction(POST_BINDING, (message: string) => client.receive(message))
  await page.addInitScript(bridgeInitScript)
  await page.route(
    (url) => url.origin === home.origin && url.pathname === home.pathname,
    async (route) => {
      const request = route.request()
      const opensHome = request.isNavigationRequest() && request.frame() === page.mainFrame()
      if (!opensHome || options.contextHeader === false) return route.fallback()
      const headers = {
        ...request.headers(),
        'user-agent': CLIENT_USER_AGENT,
        'x-zoom-app-context': client.appContext(),
      }
      await route.fallback({ headers })
    },
  )
  const stop = client.onEvent((event) => {
    // A page that is just navigating or closing loses events, as in Zoom: they are not queued.
    const deliver = `window.${DELIVER_FUNCTION}?.(${JSON.stringify(event)})`
    page.evaluate(deliver).catch(() => undefined)
  })
  page.once('close', () => {
    stop()
    client.close()
  })
  return client
}
