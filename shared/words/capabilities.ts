import type { Capability, Connection } from '../wire/settings.ts'
import type { Language } from './language.ts'

interface CapabilityWords {
  heading: string
  works: string
  missing: string
  /** What people get from it; `without`: what they see when it was not granted. */
  capabilities: Record<Capability, { gives: string; without: string }>
  /** Who can give what is missing, and how. */
  whoCan: Record<Connection['grantedBy'], string>
}

const en: CapabilityWords = {
  heading: 'What this consent makes possible',
  works: 'Works',
  missing: 'Not granted',
  capabilities: {
    panel: {
      gives: 'The panel in meetings and webinars',
      without: 'The panel sees nobody; lists come from Zoom’s messages and reports only.',
    },
    sign_in: {
      gives: 'Knowing whose meetings these are',
      without: 'Connecting cannot be finished.',
    },
    live_meetings: {
      gives: 'Meetings are recorded while the panel is closed',
      without: 'Only what an open panel sees is recorded of meetings.',
    },
    live_webinars: {
      gives: 'Webinars are recorded while the panel is closed',
      without: 'Only what an open panel sees is recorded of webinars.',
    },
    meeting_lists: {
      gives: 'Zoom’s own list after a meeting',
      without: 'Lists of meetings stay provisional: Zoom’s own list cannot be read.',
    },
    webinar_lists: {
      gives: 'Zoom’s own list after a webinar',
      without: 'Lists of webinars stay provisional: Zoom’s own list cannot be read.',
    },
    meeting_registrants: {
      gives: 'Who registered for a meeting and did not come',
      without: 'No-shows and unregistered guests of meetings cannot be told.',
    },
    webinar_registrants: {
      gives: 'Who registered for a webinar and did not come',
      without: 'No-shows and unregistered guests of webinars cannot be told.',
    },
  },
  whoCan: {
    user: 'You can grant it: connect again and agree to all of it.',
    administrator:
      'An administrator of your Zoom account can grant it: whoever added Rollbook connects again and agrees to all of it.',
  },
}

const ru: CapabilityWords = {
  heading: 'Что даёт это согласие',
  works: 'Работает',
  missing: 'Нет разрешения',
  capabilities: {
    panel: {
      gives: 'Панель на встречах и вебинарах',
      without: 'Панель никого не видит; списки — только из сообщений и отчётов Zoom.',
    },
    sign_in: {
      gives: 'Понятно, чьи это встречи',
      without: 'Подключение нельзя завершить.',
    },
    live_meetings: {
      gives: 'Встречи записываются и при закрытой панели',
      without: 'О встречах записывается только то, что видит открытая панель.',
    },
    live_webinars: {
      gives: 'Вебинары записываются и при закрытой панели',
      without: 'О вебинарах записывается только то, что видит открытая панель.',
    },
    meeting_lists: {
      gives: 'Собственный список Zoom после встречи',
      without: 'Списки встреч остаются предварительными: список Zoom прочесть нельзя.',
    },
    webinar_lists: {
      gives: 'Собственный список Zoom после вебинара',
      without: 'Списки вебинаров остаются предварительными: список Zoom прочесть нельзя.',
    },
    meeting_registrants: {
      gives: 'Кто записался на встречу и не пришёл',
      without: 'По встречам нельзя сказать, кто не пришёл и кто был без записи.',
    },
    webinar_registrants: {
      gives: 'Кто записался на вебинар и не пришёл',
      without: 'По вебинарам нельзя сказать, кто не пришёл и кто был без записи.',
    },
  },
  whoCan: {
    user: 'Разрешить можете вы: подключите заново и согласитесь со всем.',
    administrator:
      'Разрешить может администратор вашей учётной записи Zoom: тот, кто добавил Rollbook, подключает заново и соглашается со всем.',
  },
}

/** What Zoom's consent makes possible, in words; apart from the catalogue because only the Settings screen says it. */
export const capabilityWords = (language: Language): CapabilityWords => (language === 'ru' ? ru : en)
