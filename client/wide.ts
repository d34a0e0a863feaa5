import { createHttpApi } from './models/api.ts'
import type { PanelParts } from './models/panel.ts'
import { createWideSession } from './models/wide.ts'
import { createOutsideClient, openBeside } from './zoom/outside.ts'

/** What the panel is made of in a browser of its own: no Zoom client, and a session that a panel in Zoom handed over. */
export function wideParts(page: Window): Pick<PanelParts, 'zoom' | 'api' | 'session' | 'openIn'> {
  const api = createHttpApi((input, init) => page.fetch(input, init), 'cookie')
  return {
    zoom: createOutsideClient((url) => {
      openBeside(page, url)
    }),
    api,
    session: createWideSession(api),
    openIn: 'browser',
  }
}
