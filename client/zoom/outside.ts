import { ZoomFailure, type ZoomClient } from './client.ts'

/**
 * No Zoom at all: the panel in a browser of its own. It can do nothing of Zoom's and hears nothing from it; what it opens
 * opens as a browser opens it.
 */
export function createOutsideClient(openUrl: (url: string) => void): ZoomClient {
  const absent = (): Promise<never> => Promise.reject(new ZoomFailure('no_bridge', undefined))
  return {
    connect: () => Promise.resolve('other'),
    appContext: absent,
    participants: absent,
    waiting: absent,
    meeting: absent,
    whereabouts: absent,
    askForEmails: absent,
    authorize: absent,
    notify: () => undefined,
    openUrl,
    can: () => false,
    on: () => () => undefined,
  }
}

/**
 * Opens an address beside the page. A browser that allows no new window, since the click was too long ago, gets it in
 * this one: then "back" returns to the panel.
 */
export function openBeside(page: Window, url: string): void {
  const opened = page.open(url, '_blank')
  if (opened === null) page.location.assign(url)
  else opened.opener = null
}
