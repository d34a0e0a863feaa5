/**
 * Names that say nothing about who it is: what a device, a client or a telephone line calls itself.
 * They are compared after `normaliseName` (lower case, one space). Add yours; a test keeps the list normalised.
 */
export const genericNames: ReadonlySet<string> = new Set([
  // what Zoom or a browser fills in
  ...[
    'participant',
    'guest',
    'user',
    'zoom user',
    'zoom',
    'zoom guest',
    'zoom participant',
    'attendee',
    'panelist',
  ],
  ...[
    'host',
    'co-host',
    'cohost',
    'anonymous',
    'unknown',
    'unknown user',
    'no name',
    'name',
    'your name',
    'me',
    'test',
  ],
  ...[
    'caller',
    'call-in user',
    'call in user',
    'phone user',
    'phone',
    'telephone',
    'mobile',
    'admin',
    'owner',
    'student',
  ],
  // Russian, Ukrainian, Belarusian, Kazakh
  ...[
    'участник',
    'гость',
    'пользователь',
    'пользователь zoom',
    'зум',
    'организатор',
    'аноним',
    'неизвестный',
  ],
  ...[
    'имя',
    'я',
    'телефон',
    'айфон',
    'айпад',
    'ученик',
    'студент',
    'учасник',
    'гість',
    'користувач',
    'госць',
    'удзельнік',
  ],
  ...['қатысушы', 'қонақ'],
  // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish
  ...[
    'teilnehmer',
    'teilnehmerin',
    'gast',
    'benutzer',
    'nutzer',
    'unbekannt',
    'participant·e',
    'invité',
    'invitée',
  ],
  ...[
    'utilisateur',
    'utilisatrice',
    'utilisateur zoom',
    'anonyme',
    'participante',
    'invitado',
    'invitada',
    'usuario',
  ],
  ...[
    'usuario de zoom',
    'anónimo',
    'convidado',
    'convidada',
    'usuário',
    'usuário do zoom',
    'partecipante',
    'ospite',
  ],
  ...[
    'utente',
    'utente zoom',
    'deelnemer',
    'gebruiker',
    'uczestnik',
    'gość',
    'użytkownik',
    'katılımcı',
    'misafir',
  ],
  ...['kullanıcı'],
  // Chinese, Japanese, Korean, Vietnamese, Indonesian, Arabic, Hebrew
  ...[
    '参会者',
    '与会者',
    '访客',
    '用户',
    'zoom 用户',
    '來賓',
    '使用者',
    '参加者',
    'ゲスト',
    'ユーザー',
    'zoom ユーザー',
  ],
  ...['참가자', '게스트', '사용자', 'zoom 사용자', 'người tham gia', 'khách', 'peserta', 'tamu', 'pengguna'],
  ...['مشارك', 'ضيف', 'مستخدم', 'משתתף', 'אורח', 'משתמש'],
])

/** Devices, with whatever model follows: "iPhone", "iPad (2)", "Galaxy S21 Ultra", "Redmi Note 9 Pro", "DESKTOP-4F2K1". */
const devices =
  'iphone|ipad|ipod|ipod touch|imac|mac|macbook|macbook pro|macbook air|mac mini|apple|android|pc|laptop|notebook|computer|tablet|' +
  'galaxy|galaxy tab|galaxy note|samsung|samsung galaxy|samsung sm|huawei|honor|xiaomi|redmi|redmi note|mi|poco|oppo|vivo|realme|' +
  'oneplus|nokia|pixel|google pixel|motorola|moto|lenovo|asus|acer|hp|dell|lg|sony|xperia|infinix|tecno|chromebook|surface|windows|' +
  'компьютер|ноутбук|планшет|смартфон'
const model =
  '(?:[a-z]{0,3}-?\\d+[a-z]{0,3}|pro|max|plus|mini|ultra|lite|fe|se|xr|xs|x|air|note|tab|edge|fold|flip|5g|4g|\\(\\d+\\))'
const device = new RegExp(`^(?:my )?(?:${devices})(?:[ -]${model})*$`)
const computer = /^(?:desktop|laptop|win|pc)-[a-z0-9]{4,}$/
const androidModel = /^sm-[a-z]\d{2,4}[a-z0-9]*$/

/** "+7 900 123-45-67", "79*****1234", "Call-in User_3": a telephone line. Short numbers may be roll numbers: kept. */
const dialIn = /^(?=.*[*+])[\d*x+() .-]{4,}$|^\+?\d[\d() .-]{8,}\d$|^call[- ]in user[ _]\d+$/

/** No generic name is longer; it also keeps the patterns off hostile names of ten thousand characters. */
const longest = 60

const numbered = /^(.*\S)[ _#№-]*(?:\d+|\(\d+\))$/

/**
 * Whether a normalised name (see `normaliseName`) could be anybody's. Such names never join two connections.
 * The empty name and names without a letter or a digit are generic.
 */
export function isGenericName(normalised: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(normalised)) return true
  if (genericNames.has(normalised)) return true
  if (normalised.length > longest) return false
  if (device.test(normalised) || computer.test(normalised) || androidModel.test(normalised)) return true
  if (dialIn.test(normalised)) return true
  const base = numbered.exec(normalised)?.[1]
  if (base !== undefined && genericNames.has(base.replace(/[ _#№-]+$/, ''))) return true
  return isMadeOfGenericWords(normalised)
}

/**
 * "guest user 1", "test student 12": with any number, words of nobody are nobody's. A number without such a word may be a
 * roll number and is somebody's ("21041").
 */
function isMadeOfGenericWords(normalised: string): boolean {
  const space = normalised.search(/[ _]/)
  // Nearly every name ends here, at its first word.
  if (space < 0 || !saysNobody(normalised.slice(0, space))) return false
  const words = normalised.split(/[ _#№()-]+/).filter((word) => word !== '')
  return words.every(saysNobody) && words.some((word) => !/^\d+$/.test(word))
}

const saysNobody = (word: string): boolean => {
  const bare = word.replace(/[#№)(-]+|\d+$/g, '')
  return bare === '' || genericNames.has(bare)
}
