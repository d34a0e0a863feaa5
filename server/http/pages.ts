/**
 * The few pages the server writes itself: no script, one stylesheet, the reader's language by Accept-Language.
 * Everything put into them goes through `escape`.
 */
export type PageLanguage = 'en' | 'ru'

export function languageOf(acceptLanguage: string | undefined): PageLanguage {
  return /^\s*ru\b/i.test(acceptLanguage ?? '') ? 'ru' : 'en'
}

interface Page {
  language: PageLanguage
  title: string
  paragraphs: string[]
  /** `post` makes a form; `get` a link, since a form that is redirected to Zoom would break `form-action 'self'`. */
  action?: { label: string; method: 'get' | 'post'; href: string }
}

export function renderPage({ language, title, paragraphs, action }: Page): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · Rollbook</title>
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}
${action === undefined ? '' : renderAction(action)}
</main>
</body>
</html>
`
}

function renderAction({ label, method, href }: NonNullable<Page['action']>): string {
  return method === 'get'
    ? `<a class="button" href="${escape(href)}">${escape(label)}</a>`
    : `<form method="post" action="${escape(href)}"><button class="button" type="submit">${escape(label)}</button></form>`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export const pageWords = {
  download: {
    en: {
      title: 'Your attendance list',
      paragraphs: (rows: number) => [
        `${rows} people. The list holds personal data: keep it where only the right people see it.`,
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
} as const
