interface BridgeWindow {
  android?: unknown
  chrome?: { webview?: unknown }
  webkit?: { messageHandlers?: { jsOCHelper?: unknown } }
}

/**
 * True when a Zoom client may be on the other side: a frame in Zoom's web client, or one of the native bridges the SDK
 * knows. A plain browser tab has none of them.
 */
export function hasZoomBridge(page: Window): boolean {
  const { android, chrome, webkit } = page as BridgeWindow
  if (android || chrome?.webview || webkit?.messageHandlers?.jsOCHelper) return true
  try {
    return page.top !== page
  } catch {
    return true
  }
}
