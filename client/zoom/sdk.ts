import zoomSdk from '@zoom/appssdk'

/**
 * The part of @zoom/appssdk we use, with answers as `unknown`: a page in Zoom's web client hears any window, so nothing
 * is believed by its type.
 *
 * The SDK's object is a proxy that turns every unknown property into a call, `then` included: it must never be awaited
 * or returned from an async function, or the promise hangs. It leaves this file only as an argument.
 */
export interface Sdk {
  config(options: { capabilities: string[]; version: string }): Promise<unknown>
  getAppContext(): Promise<unknown>
  getMeetingParticipants(): Promise<unknown>
  getWaitingRoomParticipants(): Promise<unknown>
  getMeetingContext(): Promise<unknown>
  getMeetingUUID(): Promise<unknown>
  getMeetingParticipantsEmail(options: { reasonForAsking: string }): Promise<unknown>
  openUrl(options: { url: string }): Promise<unknown>
  authorize(options: { codeChallenge: string; state: string }): Promise<unknown>
  showNotification(options: { type: 'info'; title: string; message: string }): Promise<unknown>
  on(event: string, handler: (data: unknown) => void): void
}

export const sdk = zoomSdk as unknown as Sdk
