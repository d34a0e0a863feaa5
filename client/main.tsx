import './base.css'
import { render } from 'preact'
import { PanelContext } from './context.ts'
import { createHttpApi } from './models/api.ts'
import { copyText } from './models/clipboard.ts'
import { createPanelModel } from './models/panel.ts'
import { applyPreferences, createPreferences } from './models/preferences.ts'
import { Panel } from './panel.tsx'
import { createZoomClient } from './zoom/index.ts'
import { sdk } from './zoom/sdk.ts'

/** Mounts the panel into `root` and starts it. The address never changes: Zoom binds its grant to it. */
export function mountPanel(root: HTMLElement): void {
  const preferences = createPreferences({ search: location.search, languages: navigator.languages })
  applyPreferences(preferences, document.documentElement)
  const model = createPanelModel({
    zoom: createZoomClient(sdk),
    api: createHttpApi((input, init) => fetch(input, init)),
    preferences,
    origin: location.origin,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    decimalComma: writesDecimalComma(navigator.language),
    copy: copyText,
    openIn: 'zoom',
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
