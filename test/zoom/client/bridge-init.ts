/**
 * A WebView2 bridge as Zoom's Windows client offers it, for a page loaded at the top level: a script that must run before
 * the page's own. Calls go out through a function the test exposes, answers and events come in as `message` events.
 */

/** Names of the two ends on the page's window. */
export const POST_BINDING = 'simulatedZoomPost'
export const DELIVER_FUNCTION = 'simulatedZoomDeliver'

/** Does nothing in frames: there the SDK talks to its parent. */
export const bridgeInitScript = `(() => {
  if (window.top !== window) return
  const messages = new EventTarget()
  const deliver = (data) => messages.dispatchEvent(new MessageEvent('message', { data }))
  const chrome = window.chrome ?? (window.chrome = {})
  chrome.webview = {
    postMessage: (text) => void window.${POST_BINDING}(text).then((reply) => { if (reply) deliver(reply) }),
    addEventListener: messages.addEventListener.bind(messages),
    removeEventListener: messages.removeEventListener.bind(messages),
  }
  Object.defineProperty(window, '${DELIVER_FUNCTION}', { value: deliver })
})()`
