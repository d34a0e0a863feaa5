import { signal, type ReadonlySignal } from '@preact/signals'
import { ZoomFailure, type ZoomClient } from '../zoom/index.ts'
import type { Observer } from './observer.ts'

export type EmailRound =
  | { status: 'idle' }
  | { status: 'asking' }
  | { status: 'asked'; shared: number; refused: number }
  | { status: 'failed'; code: string }

export interface EmailModel {
  round: ReadonlySignal<EmailRound>
  supported(): boolean
  /** Zoom asks everybody; `reason` is what they read. Answers arrive one by one, for as long as the panel is open. */
  ask(reason: string): Promise<void>
}

/** Asking for e-mails by consent: Zoom asks, people answer, the server learns each shared address. */
export function createEmailModel(zoom: ZoomClient, observer: Pick<Observer, 'tell'>): EmailModel {
  const round = signal<EmailRound>({ status: 'idle' })
  const answers = new Map<string, boolean>()

  zoom.on('email', ({ participantUuid, email }) => {
    answers.set(participantUuid, email !== null)
    if (email !== null) {
      observer.tell({ kind: 'email', atMs: Date.now(), participantUuid, email: email.slice(0, 320) })
    }
    // An answer proves that Zoom did ask, whatever it told us before.
    round.value = counted()
  })

  function counted(): EmailRound {
    const shared = [...answers.values()].filter(Boolean).length
    return { status: 'asked', shared, refused: answers.size - shared }
  }

  return {
    round,
    supported: () => zoom.can('emails'),
    async ask(reason) {
      if (round.value.status === 'asking') return
      answers.clear()
      round.value = { status: 'asking' }
      try {
        await zoom.askForEmails(reason)
        round.value = counted()
      } catch (error) {
        round.value = { status: 'failed', code: error instanceof ZoomFailure ? error.code : 'unknown' }
      }
    },
  }
}
