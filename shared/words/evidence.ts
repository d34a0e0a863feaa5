import type { EvidenceReason, IdentityKind } from '../attendance/people.ts'
import type { Language } from './language.ts'

/** Worded by what was equal or contradicted; and of something equal, by who has it. */
type Wording = (value: string, reason: Pick<Told, 'among' | 'kinds'>) => string

/** A reason as it is told; of a newer version it may have any code. */
type Told = Omit<EvidenceReason, 'code'> & { code: string }

/** What all connections have, some of them, or this one and another. */
const shared =
  (said: Record<'all' | 'some' | 'another', (value: string) => string>): Wording =>
  (value, { among }) =>
    said[among ?? 'all'](value)

const en: Record<EvidenceReason['code'], Wording> = {
  same_zoom_user: shared({
    all: () => 'All connections share one Zoom user.',
    some: () => 'Some connections share one Zoom user.',
    another: () => 'Shares the Zoom user with another connection here.',
  }),
  same_registrant: shared({
    all: () => 'All connections share one registration.',
    some: () => 'Some connections share one registration.',
    another: () => 'Shares the registration with another connection here.',
  }),
  same_email: shared({
    all: (value) => `All connections share one e-mail${quoted(value)}.`,
    some: (value) => `Some connections share one e-mail${quoted(value)}.`,
    another: (value) => `Shares the e-mail${quoted(value)} with another connection here.`,
  }),
  phone_bound: () => 'Zoom bound this phone call to the person’s client.',
  same_connection: () => 'The same device came back: Zoom gave it the same participant identifier.',
  same_name: shared({
    all: (value) => `All connections carry the same name${quoted(value)}, and nothing speaks against it.`,
    some: (value) => `Some connections carry the same name${quoted(value)}.`,
    another: (value) => `Carries the same name${quoted(value)} as another connection here.`,
  }),
  single_connection: () => 'One connection, so there was nothing to join.',
  generic_name: (value) => `The name${quoted(value)} says nothing about who this is.`,
  keys_contradict: (value, { kinds }) =>
    kinds === undefined
      ? 'What Zoom knows about these connections contradicts itself, so they were kept apart.'
      : `Behind one ${onesEn[kinds.shared]}${kinds.shared === 'email' ? quoted(value) : ''} there are different ${severalEn[kinds.differ]}, so they were kept apart.`,
  names_contradict: () => 'The names have no word in common and were here at once, so they were kept apart.',
  proposal_same_name: (value) =>
    `Somebody else carries the same name${quoted(value)}; it may be the same person.`,
  proposal_same_key: (value) =>
    `This may be any of the people who share ${value === '' ? 'one identifier' : `the identifier${quoted(value)}`}.`,
  host_merged: () => 'The host said that these connections are one person.',
  host_split: () => 'The host said that these connections are somebody else than the ones they were with.',
  host_apart: () => 'The host said that this is not whoever shares an identifier with them.',
  host_named: (value) => `The host gave this name${value === '' ? '' : `; Zoom showed${quoted(value)}`}.`,
  host_email: (value) =>
    value === ''
      ? 'The host changed the e-mail of this person.'
      : `The host typed the e-mail${quoted(value)}.`,
}

const ru: Record<EvidenceReason['code'], Wording> = {
  same_zoom_user: shared({
    all: () => 'Все подключения принадлежат одному пользователю Zoom.',
    some: () => 'Часть подключений принадлежит одному пользователю Zoom.',
    another: () => 'Тот же пользователь Zoom, что и у другого подключения здесь.',
  }),
  same_registrant: shared({
    all: () => 'У всех подключений одна регистрация.',
    some: () => 'У части подключений одна регистрация.',
    another: () => 'Та же регистрация, что и у другого подключения здесь.',
  }),
  same_email: shared({
    all: (value) => `У всех подключений один e-mail${quoted(value)}.`,
    some: (value) => `У части подключений один e-mail${quoted(value)}.`,
    another: (value) => `Тот же e-mail${quoted(value)}, что и у другого подключения здесь.`,
  }),
  phone_bound: () => 'Zoom связал этот звонок с клиентом участника.',
  same_connection: () => 'Вернулось то же устройство: Zoom дал ему тот же идентификатор участника.',
  same_name: shared({
    all: (value) => `У всех подключений одно имя${quoted(value)}, и ничто этому не противоречит.`,
    some: (value) => `У части подключений одно имя${quoted(value)}.`,
    another: (value) => `То же имя${quoted(value)}, что и у другого подключения здесь.`,
  }),
  single_connection: () => 'Подключение одно, объединять было нечего.',
  generic_name: (value) => `Имя${quoted(value)} не говорит, кто это.`,
  keys_contradict: (value, { kinds }) =>
    kinds === undefined
      ? 'Сведения Zoom об этих подключениях противоречат друг другу, поэтому они разделены.'
      : `За ${onesRu[kinds.shared]}${kinds.shared === 'email' ? quoted(value) : ''} стоят разные ${severalRu[kinds.differ]}, поэтому подключения разделены.`,
  names_contradict: () => 'В именах нет общих слов, а подключения были одновременно, поэтому они разделены.',
  proposal_same_name: (value) => `Такое же имя${quoted(value)} есть у другого; возможно, это один человек.`,
  proposal_same_key: (value) => `Это может быть любой из тех, у кого общий идентификатор${quoted(value)}.`,
  host_merged: () => 'Организатор указал, что эти подключения — один человек.',
  host_split: () => 'Организатор указал, что эти подключения — другой человек, а не тот, с кем они были.',
  host_apart: () => 'Организатор указал, что это другой человек, чем те, у кого тот же идентификатор.',
  host_named: (value) => `Имя дал организатор${value === '' ? '' : `; Zoom показывал${quoted(value)}`}.`,
  host_email: (value) =>
    value === '' ? 'Организатор изменил e-mail участника.' : `Организатор ввёл e-mail${quoted(value)}.`,
}

const onesEn: Record<IdentityKind, string> = {
  ...{ zoom_user: 'Zoom user', registrant: 'registration', email: 'e-mail' },
  ...{ phone: 'phone call that Zoom bound to a client', name: 'name' },
}
const severalEn: Record<IdentityKind, string> = {
  ...{ zoom_user: 'Zoom users', registrant: 'registrations', email: 'e-mails', phone: 'phone calls' },
  name: 'names at once',
}
const onesRu: Record<IdentityKind, string> = {
  ...{ zoom_user: 'одним пользователем Zoom', registrant: 'одной регистрацией', email: 'одним e-mail' },
  ...{ phone: 'одним звонком, который Zoom связал с клиентом,', name: 'одним именем' },
}
const severalRu: Record<IdentityKind, string> = {
  ...{ zoom_user: 'пользователи Zoom', registrant: 'регистрации', email: 'e-mail', phone: 'звонки' },
  name: 'имена, бывшие здесь одновременно',
}

/** Why we believe what we believe about one person, as a sentence; '' for a code this version does not know. */
export function evidenceSentence(reason: Told, language: Language): string {
  const wordings: Record<string, Wording | undefined> = language === 'ru' ? ru : en
  return wordings[reason.code]?.(reason.value ?? '', reason) ?? ''
}

/** In a list nothing names devices: rows are one by what they say. */
const sameRows: Record<Language, string> = {
  en: 'One row begins where another of the same name ends, so they are one device.',
  ru: 'Одна строка начинается там, где кончается другая с тем же именем: это одно устройство.',
}

/** Like `evidenceSentence`, of somebody known from a list alone. */
export function listEvidenceSentence(reason: Told, language: Language): string {
  return reason.code === 'same_connection' ? sameRows[language] : evidenceSentence(reason, language)
}

/** First-strong isolates keep a right-to-left name from reordering the sentence around it. */
function quoted(value: string): string {
  return value === '' ? '' : ` \u2068“${value}”\u2069`
}
