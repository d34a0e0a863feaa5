import './home.css'
import { applyPreferences, createPreferences, type Preferences } from './models/preferences.ts'
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
    void showDrop(preferences.language)
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

/** The part that reads files comes after the text is painted; without it the text still says everything. */
async function showDrop(language: Preferences['language']): Promise<void> {
  const place = document.getElementById('drop')
  if (place === null) return
  document.body.dataset['script'] = 'drop'
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
  try {
    const { mountDrop } = await import('./drop/mount.tsx')
    mountDrop(place, document.body, language)
  } catch {
    const { dropWords } = await import('../shared/words/drop.ts')
    place.textContent = dropWords(language.value).failed.unloaded
  }
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
