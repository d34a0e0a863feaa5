import './base.css'
import { render } from 'preact'
import { PanelContext } from './context.ts'
import { createHttpApi } from './models/api.ts'
import { copyText } from './models/clipboard.ts'
import { createPanelModel, type PanelParts } from './models/panel.ts'
import { applyPreferences, createPreferences } from './models/preferences.ts'
import { createSessionModel } from './models/session.ts'
import { Panel } from './panel.tsx'
import { createZoomClient } from './zoom/index.ts'
import { sdk } from './zoom/sdk.ts'

/** Where the wide view lives: the same panel in a browser of its own, which no Zoom client stands behind. */
const WIDE = '/wide'

/** Mounts the panel into `root` and starts it. The address never changes: Zoom binds its grant to it. */
export async function mountPanel(root: HTMLElement): Promise<void> {
  const preferences = createPreferences({ search: location.search, languages: navigator.languages })
  applyPreferences(preferences, document.documentElement)
  const model = createPanelModel({
    ...(location.pathname === WIDE ? (await import('./wide.ts')).wideParts(window) : zoomParts()),
    preferences,
    origin: location.origin,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    decimalComma: writesDecimalComma(navigator.language),
    copy: copyText,
    isVisible: () => document.visibilityState === 'visible',
  })
  render(
    <PanelContext.Provider value={model}>
      <Panel />
    </PanelContext.Provider>,
    root,
  )
  await model.start()
}

function zoomParts(): Pick<PanelParts, 'zoom' | 'api' | 'session' | 'openIn'> {
  const zoom = createZoomClient(sdk)
  const api = createHttpApi((input, init) => fetch(input, init))
  return { zoom, api, session: createSessionModel(zoom, api), openIn: 'zoom' }
}

/** Some systems report languages that Intl refuses, such as `en-US@posix`. */
function writesDecimalComma(language: string): boolean {
  try {
    return new Intl.NumberFormat(language).format(1.5).includes(',')
  } catch {
    return false
  }
}
