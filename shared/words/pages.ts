import { formatFor } from './format.ts'

const { counted } = formatFor('en')

/** The pages the server writes itself: an export's landing page, and how an installation begins again. */
export const pageWords = {
  download: {
    en: {
      title: 'Your attendance list',
      paragraphs: (rows: number) => [
        `${counted(rows, { one: 'person', other: 'people' })}. The list holds personal data: keep it where only the right people see it.`,
        'The button works once; the download can then be repeated for ten minutes.',
      ],
      button: 'Download the list',
    },
    ru: {
      title: 'Ваш список посещаемости',
      paragraphs: (rows: number) => [
        `Людей в списке: ${rows}. В нём персональные данные: храните его там, где его увидят только те, кому можно.`,
        'Кнопка срабатывает один раз; после этого скачивание можно повторить в течение десяти минут.',
      ],
      button: 'Скачать список',
    },
  },
  linkGone: {
    en: {
      title: 'This link no longer works',
      paragraphs: [
        'It was used already or is older than two minutes. Go back to the panel in Zoom and export again: the list itself is safe.',
      ],
    },
    ru: {
      title: 'Ссылка больше не действует',
      paragraphs: [
        'Ею уже воспользовались или она старше двух минут. Вернитесь в панель в Zoom и экспортируйте ещё раз: сам список цел.',
      ],
    },
  },
  restart: {
    en: {
      title: 'One more click',
      paragraphs: [
        'Zoom sent you here without the mark we use to know that it was you who started. Nothing was changed. Continue to connect Rollbook safely.',
      ],
      button: 'Continue to Zoom',
    },
    ru: {
      title: 'Ещё один щелчок',
      paragraphs: [
        'Zoom направил вас сюда без метки, по которой мы узнаём, что начали именно вы. Ничего не изменилось. Продолжите, чтобы подключить Rollbook безопасно.',
      ],
      button: 'Перейти в Zoom',
    },
  },
  refused: {
    en: {
      title: 'Zoom did not connect Rollbook',
      paragraphs: [
        'Permission was not given, or your account’s administrator has to approve the app first. Nothing was stored. You can try again at any time.',
      ],
      button: 'Try again',
    },
    ru: {
      title: 'Zoom не подключил Rollbook',
      paragraphs: [
        'Разрешение не было дано, или приложение сначала должен одобрить администратор вашей учётной записи. Ничего не сохранено. Попробовать ещё раз можно в любое время.',
      ],
      button: 'Попробовать ещё раз',
    },
  },
  installed: {
    en: {
      title: 'Rollbook is connected',
      paragraphs: ['Open a meeting in Zoom, then Apps, then Rollbook: the panel shows who is there.'],
      button: null,
    },
    ru: {
      title: 'Rollbook подключён',
      paragraphs: ['Откройте встречу в Zoom, затем «Приложения» и Rollbook: панель покажет, кто пришёл.'],
      button: null,
    },
  },
  connected: {
    en: {
      title: 'Rollbook is connected',
      paragraphs: ['You can close this page and go back to Zoom: the panel goes on by itself.'],
      button: null,
    },
    ru: {
      title: 'Rollbook подключён',
      paragraphs: ['Эту страницу можно закрыть и вернуться в Zoom: панель продолжит сама.'],
      button: null,
    },
  },
  wide: {
    en: {
      title: 'Your lists, wide',
      paragraphs: [
        'The button opens Rollbook in this browser, as the person who pressed “Open in browser” in Zoom. The button works once.',
        'It stays open for an hour. On a computer that others use, end it when you are done.',
      ],
      button: 'Open Rollbook',
    },
    ru: {
      title: 'Ваши списки во весь экран',
      paragraphs: [
        'Кнопка откроет Rollbook в этом браузере от имени того, кто нажал в Zoom «Открыть в браузере». Она срабатывает один раз.',
        'Доступ действует час. На компьютере, которым пользуются и другие, завершите его сами.',
      ],
      button: 'Открыть Rollbook',
    },
  },
  wideGone: {
    en: {
      title: 'Open Rollbook from Zoom',
      paragraphs: [
        'This view has ended, or its link was used or is older than a minute. In Zoom open Apps, then Rollbook, and press “Open in browser”. Your lists are safe.',
      ],
    },
    ru: {
      title: 'Откройте Rollbook из Zoom',
      paragraphs: [
        'Доступ закончился, или ссылкой уже воспользовались, или ей больше минуты. В Zoom откройте «Приложения», затем Rollbook и нажмите «Открыть в браузере». Ваши списки целы.',
      ],
    },
  },
  otherUser: {
    en: {
      title: 'Another Zoom user agreed',
      paragraphs: [
        'In this browser somebody else is signed in to Zoom than in the panel, so the panel was not connected. Sign in here as the same person, or go back to the panel and connect again.',
      ],
      button: null,
    },
    ru: {
      title: 'Согласие дал другой пользователь Zoom',
      paragraphs: [
        'В этом браузере в Zoom вошёл не тот, кто открыл панель, поэтому панель не подключена. Войдите здесь тем же пользователем или вернитесь в панель и подключите её ещё раз.',
      ],
      button: null,
    },
  },
} as const
