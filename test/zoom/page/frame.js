/**
 * The part of Zoom's web client a framed app talks to: the SDK posts JSON strings to its parent and takes objects back.
 * What to answer is decided by the simulated client on the demo's server.
 */
let open = null
let opening = 0

/** Opens the panel as one of the four, in the meeting or outside, with a client of its own; the one before is closed. */
export async function openPanel(here, { as, place, theme, language }, label) {
  const turn = ++opening
  open?.events.close()
  open = null
  const answer = await fetch('/demo/clients', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as, place }),
  })
  if (!answer.ok || turn !== opening) return
  const { id, panelUrl } = await answer.json()
  const frame = Object.assign(document.createElement('iframe'), { title: label, allow: 'clipboard-write' })
  const events = new EventSource(`/demo/clients/${id}/events`)
  events.addEventListener('zoom', (event) => {
    frame.contentWindow?.postMessage(JSON.parse(event.data), panelUrl)
  })
  open = { id, panelUrl, frame, events }
  frame.src = address(panelUrl, { theme, language })
  here.replaceChildren(frame)
}

/** Colours and language reach the panel through its address. */
export function restyle({ theme, language }) {
  if (open) open.frame.src = address(open.panelUrl, { theme, language })
}

addEventListener('message', async (event) => {
  if (!open || event.source !== open.frame.contentWindow || typeof event.data !== 'string') return
  const { id, panelUrl } = open
  const { apiName, data } = JSON.parse(event.data)
  if (apiName === 'openUrl' && /^https?:/.test(data?.url ?? '')) window.open(data.url, '_blank', 'noopener')
  const answer = await fetch(`/demo/clients/${id}/calls`, { method: 'POST', body: event.data })
  if (answer.status === 200) event.source.postMessage(await answer.json(), panelUrl)
})

function address(panelUrl, { theme, language }) {
  const url = new URL('/', panelUrl)
  if (theme !== 'system') url.searchParams.set('theme', theme)
  url.searchParams.set('lang', language)
  return url.href
}
