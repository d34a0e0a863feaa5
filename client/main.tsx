import './base.css'
import { render } from 'preact'
import { PanelContext } from './context.ts'
import { createHttpApi } from './models/api.ts'
import { copyText } from './models/clipboard.ts'
import { createPanelModel } from './models/panel.ts'
import { applyPreferences, createPreferences } from './models/preferences.ts'
import { Panel } from './panel.tsx'
import { createOutsideClient, createZoomClient, openBeside } from './zoom/index.ts'
import { sdk } from './zoom/sdk.ts'

/** Where the wide view lives: the same panel in a browser of its own, which no Zoom client stands behind. */
const WIDE = '/wide'

/** Mounts the panel into `root` and starts it. The address never changes: Zoom binds its grant to it. */
export function mountPanel(root: HTMLElement): void {
  const preferences = createPreferences({ search: location.search, languages: navigator.languages })
  applyPreferences(preferences, document.documentElement)
  const wide = location.pathname === WIDE
  const model = createPanelModel({
    zoom: wide
      ? createOutsideClient((url) => {
          openBeside(window, url)
        })
      : createZoomClient(sdk),
    api: createHttpApi((input, init) => fetch(input, init), wide ? 'cookie' : 'token'),
    preferences,
    origin: location.origin,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    decimalComma: writesDecimalComma(navigator.language),
    copy: copyText,
    openIn: wide ? 'browser' : 'zoom',
    isVisible: () => document.visibilityState === 'visible',
  })
  render(
    <PanelContext.Provider value={model}>
      <Panel />
    </PanelContext.Provider>,
    root,
  )
  void model.start()
}

/** Some systems report languages that Intl refuses, such as `en-US@posix`. */
function writesDecimalComma(language: string): boolean {
  try {
    return new Intl.NumberFormat(language).format(1.5).includes(',')
  } catch {
    return false
  }
}
