import type { EvidenceReason } from '../attendance/people.ts'
import type { Language } from './language.ts'

type Wording = (value: string) => string

const en: Record<EvidenceReason['code'], Wording> = {
  same_zoom_user: () => 'All connections share one Zoom user.',
  same_registrant: () => 'All connections share one registration.',
  same_email: (value) => `All connections share one e-mail${quoted(value)}.`,
  same_phone: (value) => `All connections share one phone number${quoted(value)}.`,
  phone_bound: () => 'Zoom bound this phone call to the person’s client.',
  same_connection: () => 'The same device came back: Zoom gave it the same participant identifier.',
  same_name: (value) => `The connections carry the same name${quoted(value)}, and nothing speaks against it.`,
  single_connection: () => 'One connection, so there was nothing to join.',
  generic_name: (value) => `The name${quoted(value)} says nothing about who this is.`,
  keys_contradict: () =>
    'What Zoom knows about these connections contradicts itself, so they were kept apart.',
  names_contradict: () => 'The names have no word in common and were here at once, so they were kept apart.',
  proposal_same_name: (value) =>
    `Somebody else carries the same name${quoted(value)}; it may be the same person.`,
  proposal_same_key: (value) =>
    `This may be any of the people who share ${value === '' ? 'one identifier' : `the identifier${quoted(value)}`}.`,
  proposal_name_fits: (value) =>
    `One left shortly before the other came, and one name${quoted(value)} is part of the other; it may be the same person.`,
  proposal_alias: (value) =>
    `In an earlier meeting of this number the host said who goes by this name${quoted(value)}.`,
  proposal_typed_email: (value) =>
    `Somebody else is known by the e-mail${quoted(value)} that was typed here.`,
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
  same_zoom_user: () => 'Все подключения принадлежат одному пользователю Zoom.',
  same_registrant: () => 'У всех подключений одна регистрация.',
  same_email: (value) => `У всех подключений один e-mail${quoted(value)}.`,
  same_phone: (value) => `У всех подключений один номер телефона${quoted(value)}.`,
  phone_bound: () => 'Zoom связал этот звонок с клиентом участника.',
  same_connection: () => 'Вернулось то же устройство: Zoom дал ему тот же идентификатор участника.',
  same_name: (value) => `У подключений одно имя${quoted(value)}, и ничто этому не противоречит.`,
  single_connection: () => 'Подключение одно, объединять было нечего.',
  generic_name: (value) => `Имя${quoted(value)} не говорит, кто это.`,
  keys_contradict: () => 'Сведения Zoom об этих подключениях противоречат друг другу, поэтому они разделены.',
  names_contradict: () => 'В именах нет общих слов, а подключения были одновременно, поэтому они разделены.',
  proposal_same_name: (value) => `Такое же имя${quoted(value)} есть у другого; возможно, это один человек.`,
  proposal_same_key: (value) => `Это может быть любой из тех, у кого общий идентификатор${quoted(value)}.`,
  proposal_name_fits: (value) =>
    `Один ушёл незадолго до прихода другого, и одно имя${quoted(value)} входит в другое; возможно, это один человек.`,
  proposal_alias: (value) =>
    `На одной из прошлых встреч с этим номером организатор указал, кто носит это имя${quoted(value)}.`,
  proposal_typed_email: (value) => `По введённому здесь e-mail${quoted(value)} известен другой участник.`,
  host_merged: () => 'Организатор указал, что эти подключения — один человек.',
  host_split: () => 'Организатор указал, что эти подключения — другой человек, а не тот, с кем они были.',
  host_apart: () => 'Организатор указал, что это другой человек, чем те, у кого тот же идентификатор.',
  host_named: (value) => `Имя дал организатор${value === '' ? '' : `; Zoom показывал${quoted(value)}`}.`,
  host_email: (value) =>
    value === '' ? 'Организатор изменил e-mail участника.' : `Организатор ввёл e-mail${quoted(value)}.`,
}

/** Why we believe what we believe about one person, as a sentence; '' for a code this version does not know. */
export function evidenceSentence(reason: { code: string; value: string | null }, language: Language): string {
  const wordings: Record<string, Wording | undefined> = language === 'ru' ? ru : en
  return wordings[reason.code]?.(reason.value ?? '') ?? ''
}

/** In a list nothing names devices: rows are one by what they say. */
const sameRows: Record<Language, string> = {
  en: 'One row begins where another of the same name ends, so they are one device.',
  ru: 'Одна строка начинается там, где кончается другая с тем же именем: это одно устройство.',
}

/** Like `evidenceSentence`, of somebody known from a list alone. */
export function listEvidenceSentence(
  reason: { code: string; value: string | null },
  language: Language,
): string {
  return reason.code === 'same_connection' ? sameRows[language] : evidenceSentence(reason, language)
}

/** First-strong isolates keep a right-to-left name from reordering the sentence around it. */
function quoted(value: string): string {
  return value === '' ? '' : ` \u2068“${value}”\u2069`
}
