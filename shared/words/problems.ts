import type { ProblemCode } from '../wire/problem.ts'
import type { Language } from './language.ts'

/** What happened, why, and what to do or expect now. */
export interface ProblemSentence {
  what: string
  why: string
  next: string
}

/** `offline` is the panel's own: no answer at all. */
type Code = ProblemCode | 'offline'
type Line = [what: string, why: string, next: string]

const en: Record<Code, Line> = {
  offline: [
    'No connection to Rollbook',
    'The server did not answer.',
    'The list stays as it was. We keep trying.',
  ],
  bad_request: [
    'That did not work',
    'The server could not read the request.',
    'Try again; if it happens twice, reopen the panel.',
  ],
  body_too_large: ['That was too large', 'The server takes at most 1 MiB at once.', 'Try again with less.'],
  unsupported_media_type: ['That did not work', 'The server could not read the format.', 'Reopen the panel.'],
  not_found: [
    'This list is not here',
    'It was deleted or belongs to somebody else.',
    'Reopen the panel in the meeting.',
  ],
  flow_gone: [
    'This link has expired',
    'It works once, and only for a short time.',
    'Start again from the panel.',
  ],
  account_mismatch: [
    'Another Zoom user agreed',
    'The consent came from a different Zoom user than the one in this panel.',
    'Sign in to Zoom as the same person and connect again.',
  ],
  reconnect: [
    'Zoom no longer lets Rollbook in',
    'The consent has expired, was withdrawn or is too small.',
    'Connect again in Settings.',
  ],
  conflict: [
    'That cannot be done now',
    'Somebody changed it meanwhile.',
    'Look at the list as it is now and try again.',
  ],
  corrections_full: [
    'This list takes no more corrections',
    'It has 10,000, those taken back among them; more are not kept of one list.',
    'Take one back, or put one back that was taken back.',
  ],
  email_invalid: [
    'This is no e-mail address',
    'It needs a name before the @ and a domain with a dot after it, without spaces.',
    'Look for the slip and save it again.',
  ],
  file_refused: ['This file cannot be imported', 'It is no list we can read.', 'Choose another.'],
  file_without_times: ['This list has no times', 'So it proves no presence.', 'Export one with times.'],
  signature_invalid: [
    'Delivery refused',
    'Its signature is not Zoom’s.',
    'Check the webhook secret in the settings.',
  ],
  delivery_stale: [
    'Delivery refused',
    'Its time is more than five minutes off.',
    'Check the clock of the server.',
  ],
  delivery_malformed: [
    'Delivery refused',
    'It is not what Zoom describes.',
    'The operator finds it in the log.',
  ],
  context_invalid: [
    'Zoom’s proof was not accepted',
    'It was made for another app or is damaged.',
    'Close the panel and open it again.',
  ],
  context_expired: [
    'Zoom’s proof is too old',
    'It lives for about two minutes.',
    'Try again; check the clock of this computer.',
  ],
  context_replayed: [
    'Zoom’s proof was used already',
    'Each proof opens one session.',
    'Try again in a moment.',
  ],
  guest: [
    'Sign in to Zoom to use Rollbook',
    'You are in this meeting as a guest, so Zoom does not tell us who you are.',
    'Sign in to Zoom and open the panel again.',
  ],
  not_installed: [
    'Rollbook is not added yet',
    'Your Zoom account has not allowed it to keep attendance.',
    'Add it once, then open the panel again.',
  ],
  session_missing: ['Signed out', 'The panel has no session.', 'Reopen the panel.'],
  session_expired: ['The session ended', 'A session lasts at most 15 minutes.', 'We renew it now.'],
  session_revoked: [
    'Your role changed',
    'What you may see depends on your role in the meeting.',
    'We ask Zoom for your new role.',
  ],
  session_taken_over: [
    'Rollbook was opened in another window',
    'Only one window works at a time.',
    'This list is no longer updated.',
  ],
  forbidden: [
    'This is not open to you',
    'The list belongs to the host of the meeting.',
    'Ask the host to share it.',
  ],
  context_stale: [
    'Please confirm once more',
    'This needs a proof of your role not older than two minutes.',
    'Try again.',
  ],
  cohost_policy: [
    'The host keeps this list',
    'Their settings give co-hosts less.',
    'Open the meeting under Meetings and ask for access; the host decides in Settings.',
  ],
  zoom_refused: ['Zoom refused', 'The app lacks a permission.', 'Add Rollbook to Zoom again.'],
  zoom_unavailable: [
    'Zoom does not answer',
    'Its service is slow or down.',
    'The list stays as it was. We keep trying.',
  ],
  storage_unavailable: [
    'Rollbook cannot save right now',
    'Its database does not answer.',
    'The list stays as it was. Zoom repeats what we missed.',
  ],
  unexpected: ['Something went wrong', 'The fault is on our side.', 'Try again in a moment.'],
}

const ru: Record<Code, Line> = {
  offline: ['Нет связи с Rollbook', 'Сервер не ответил.', 'Список остаётся прежним. Мы пробуем снова.'],
  bad_request: [
    'Не получилось',
    'Сервер не смог прочитать запрос.',
    'Повторите; если не поможет, откройте панель заново.',
  ],
  body_too_large: ['Слишком много данных', 'Сервер принимает не больше 1 МиБ за раз.', 'Попробуйте меньше.'],
  unsupported_media_type: ['Не получилось', 'Сервер не смог прочитать формат.', 'Откройте панель заново.'],
  not_found: ['Этого списка здесь нет', 'Он удалён или принадлежит другому.', 'Откройте панель во встрече.'],
  flow_gone: ['Ссылка больше не действует', 'Она работает один раз и недолго.', 'Начните заново из панели.'],
  account_mismatch: [
    'Согласие дал другой пользователь Zoom',
    'Оно пришло не от того пользователя, который открыл эту панель.',
    'Войдите в Zoom под тем же именем и подключитесь снова.',
  ],
  reconnect: [
    'Zoom больше не пускает Rollbook',
    'Согласие истекло, отозвано или его не хватает.',
    'Подключитесь снова в настройках.',
  ],
  conflict: [
    'Сейчас это невозможно',
    'Кто-то успел это изменить.',
    'Посмотрите на список и попробуйте ещё раз.',
  ],
  corrections_full: [
    'Исправлений в этом списке больше не сделать',
    'Их уже 10 000, считая отменённые; больше в одном списке не хранится.',
    'Отмените ненужное или верните отменённое.',
  ],
  email_invalid: [
    'Это не адрес e-mail',
    'Нужны имя перед @ и домен с точкой после неё, без пробелов.',
    'Найдите опечатку и сохраните ещё раз.',
  ],
  file_refused: ['Этот файл нельзя загрузить', 'Это не список участников.', 'Выберите другой.'],
  file_without_times: [
    'В этом списке нет времени',
    'Присутствия он не доказывает.',
    'Скачайте подробный список.',
  ],
  signature_invalid: ['Доставка отклонена', 'Подпись не от Zoom.', 'Проверьте секрет вебхука в настройках.'],
  delivery_stale: [
    'Доставка отклонена',
    'Её время отличается больше чем на пять минут.',
    'Проверьте часы сервера.',
  ],
  delivery_malformed: [
    'Доставка отклонена',
    'Она не соответствует описанию Zoom.',
    'Администратор найдёт её в журнале.',
  ],
  context_invalid: [
    'Подтверждение Zoom не принято',
    'Оно сделано для другого приложения или повреждено.',
    'Закройте панель и откройте снова.',
  ],
  context_expired: [
    'Подтверждение Zoom устарело',
    'Оно действует около двух минут.',
    'Повторите; проверьте часы компьютера.',
  ],
  context_replayed: [
    'Подтверждение Zoom уже использовано',
    'Каждое открывает один сеанс.',
    'Повторите через мгновение.',
  ],
  guest: [
    'Войдите в Zoom, чтобы пользоваться Rollbook',
    'Вы во встрече как гость, и Zoom не сообщает нам, кто вы.',
    'Войдите в Zoom и откройте панель снова.',
  ],
  not_installed: [
    'Rollbook ещё не добавлен',
    'Ваш аккаунт Zoom не разрешил ему вести посещаемость.',
    'Добавьте его один раз и откройте панель снова.',
  ],
  session_missing: ['Сеанса нет', 'Панель не вошла.', 'Откройте панель заново.'],
  session_expired: ['Сеанс закончился', 'Он длится не больше 15 минут.', 'Мы продлеваем его.'],
  session_revoked: [
    'Ваша роль изменилась',
    'От роли во встрече зависит, что вам видно.',
    'Мы спрашиваем Zoom о новой роли.',
  ],
  session_taken_over: [
    'Rollbook открыт в другом окне',
    'Работает только одно окно.',
    'Этот список больше не обновляется.',
  ],
  forbidden: [
    'Это вам не открыто',
    'Список принадлежит организатору встречи.',
    'Попросите организатора поделиться им.',
  ],
  context_stale: [
    'Подтвердите ещё раз',
    'Для этого нужно подтверждение роли не старше двух минут.',
    'Повторите.',
  ],
  cohost_policy: [
    'Этот список только у организатора',
    'Его настройки дают соорганизаторам меньше.',
    'Откройте встречу во «Встречах» и попросите доступ; организатор решит в настройках.',
  ],
  zoom_refused: ['Zoom отказал', 'Приложению не хватает разрешения.', 'Добавьте Rollbook в Zoom снова.'],
  zoom_unavailable: [
    'Zoom не отвечает',
    'Служба медлит или не работает.',
    'Список остаётся прежним. Мы пробуем снова.',
  ],
  storage_unavailable: [
    'Rollbook сейчас не может сохранять',
    'База данных не отвечает.',
    'Список остаётся прежним. Zoom повторит пропущенное.',
  ],
  unexpected: ['Что-то пошло не так', 'Ошибка на нашей стороне.', 'Повторите через мгновение.'],
}

/** Words a problem code for the person in front of the panel. */
export function problemWords(code: Code, language: Language): ProblemSentence {
  const [what, why, next] = (language === 'ru' ? ru : en)[code]
  return { what, why, next }
}

/** True for a code this version has words for. */
export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && code !== 'offline' && Object.keys(en).includes(code)
}
