import { chooseLanguage, type Language } from '../../shared/words/index.ts'

/** The language a reader wants most, by the header Accept-Language; English when it is none of ours or not sent. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return chooseLanguage([acceptLanguage?.split(/[,;]/)[0]?.trim()])
}

interface Page {
  language: Language
  title: string
  paragraphs: string[]
  /** `post` makes a form; `get` a link, since a form that is redirected to Zoom would break `form-action 'self'`. */
  action?: { label: string; method: 'get' | 'post'; href: string }
}

/**
 * The few pages the server writes itself: no script, one stylesheet. Everything put into them goes through `escape`.
 */
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
