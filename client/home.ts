import './home.css'
import { applyPreferences, createPreferences } from './models/preferences.ts'
import { hasZoomBridge } from './zoom/bridge.ts'

/**
 * The home address without Zoom's proof of who asks: a plain browser, or Zoom's web client, which sends none.
 * Decides which of the two it is; the page's address stays as it is in both cases.
 */
if (hasZoomBridge(window)) void showPanel()
else showHome()

async function showPanel(): Promise<void> {
  document.documentElement.dataset['inside'] = 'zoom'
  const { mountPanel } = await import('./main.tsx')
  await parsed()
  document.getElementById('home')?.remove()
  document.body.className = ''
  const root = document.getElementById('panel')
  if (root === null) return
  root.hidden = false
  await mountPanel(root)
}

function showHome(): void {
  const preferences = createPreferences({ search: location.search, languages: navigator.languages })
  applyPreferences(preferences, document.documentElement)
  document.documentElement.dataset['chosen'] = 'language'
  void parsed().then(() => {
    const switches = document.querySelector<HTMLElement>('.languages')
    if (switches === null) return
    switches.hidden = false
    for (const button of switches.querySelectorAll('button')) {
      button.addEventListener('click', () => {
        preferences.language.value = button.dataset['language'] === 'ru' ? 'ru' : 'en'
        mark()
      })
    }
    const mark = () => {
      for (const button of switches.querySelectorAll('button')) {
        button.setAttribute('aria-pressed', String(button.dataset['language'] === preferences.language.value))
      }
    }
    mark()
  })
}

/** The script may run before the page is read to its end. */
function parsed(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve()
  return new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', () => {
      resolve()
    })
  })
}
