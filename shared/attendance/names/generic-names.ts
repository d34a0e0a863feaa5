/**
 * Names that say nothing about who it is: what a device, a client or a telephone line calls itself.
 * They are compared after `normaliseName` (lower case, one space). Add yours; a test keeps the list normalised.
 */
export const genericNames: ReadonlySet<string> = new Set([
  // what Zoom or a browser fills in
  ...['participant', 'guest', 'user', 'zoom', 'attendee', 'panelist'],
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
    'зум',
    'организатор',
    'аноним',
    'неизвестный',
    'участница',
    'гостья',
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
  ...['utilisateur', 'utilisatrice', 'anonyme', 'participante', 'invitado', 'invitada', 'usuario'],
  ...['anónimo', 'convidado', 'convidada', 'usuário', 'partecipante', 'ospite'],
  ...['utente', 'deelnemer', 'gebruiker', 'uczestnik', 'gość', 'użytkownik', 'katılımcı', 'misafir'],
  ...['kullanıcı', 'téléphone', 'telefon', 'telefono', 'teléfono', 'hôte', 'anfitrión', 'anfitrião'],
  ...['étudiant', 'étudiante', 'élève', 'estudiante', 'alumno', 'alumna', 'aluno', 'aluna', 'studente'],
  ...['studentessa', 'schüler', 'schülerin', 'uczeń', 'öğrenci', 'gastgeber'],
  // Swedish, Norwegian, Danish, Finnish, Hungarian, Czech, Hindi
  ...['gäst', 'gjest', 'gæst', 'vieras', 'vendég', 'uživatel', 'felhasználó', 'अतिथि'],
  ...[
    'användare',
    'deltagare',
    'bruker',
    'deltaker',
    'bruger',
    'deltager',
    'käyttäjä',
    'osallistuja',
    'résztvevő',
  ],
  ...[
    'účastník',
    'účastnice',
    'používateľ',
    'hosť',
    'utilizador',
    'zoom-benutzer',
    'zoom-nutzer',
    'zoom-gebruiker',
  ],
  ...['zoom-användare', 'zoom-deltagare', 'zoom kullanıcısı', 'उपयोगकर्ता', 'प्रतिभागी'],
  // Romanian, Greek, Bulgarian, Serbian, Croatian, Slovene, Baltic
  ...[
    'utilizator',
    'oaspete',
    'invitat',
    'χρήστησ',
    'συμμετέχων',
    'επισκέπτησ',
    'потребител',
    'гост',
    'участник в zoom',
  ],
  ...[
    'корисник',
    'учесник',
    'korisnik',
    'gost',
    'sudionik',
    'uporabnik',
    'udeleženec',
    'osaleja',
    'külaline',
    'kasutaja',
  ],
  ...['dalībnieks', 'viesis', 'lietotājs', 'dalyvis', 'svečias', 'naudotojas'],
  // Georgian, Armenian, Azerbaijani, Uzbek, Kazakh, Persian, Thai, Bengali
  ...[
    'მონაწილე',
    'სტუმარი',
    'მომხმარებელი',
    'մասնակից',
    'հյուր',
    'iştirakçı',
    'qonaq',
    'istifadəçi',
    'ishtirokchi',
  ],
  ...[
    'mehmon',
    'foydalanuvchi',
    'пайдаланушы',
    'мехмон',
    'مهمان',
    'کاربر',
    'شرکت کننده',
    'ผู้เข้าร่วม',
    'แขก',
    'ผู้ใช้',
    'অতিথি',
  ],
  // a form nobody filled in
  ...[
    'username',
    'user name',
    'first last',
    'first name',
    'full name',
    'firstname lastname',
    'new user',
    'default user',
  ],
  ...[
    'nombre',
    'nom',
    'ваше имя',
    'имя фамилия',
    'фио',
    'администратор',
    'тест',
    'anon',
    'anonymous attendee',
  ],
  ...['админ', 'слушатель', 'слушатели', 'гости', 'участники', 'ученик', 'ученица', 'студент', 'студентка'],
  ...['guests', 'participants', 'students', 'n/a', 'null', 'undefined', 'webinar guest'],
  ...['webinar attendee', 'meeting owner', 'unknown caller', 'неизвестный абонент'],
  // rooms and lines rather than people
  ...[
    'zoom room',
    'zoom rooms',
    'zoomroom',
    'room system',
    'conference room',
    'h.323',
    'h323',
    'sip',
    'polycom',
    'dial-in',
  ],
  ...[
    'dial in',
    'dial-in user',
    'dial in user',
    'phone participant',
    '電話',
    '전화 사용자',
    '電話ユーザー',
    '电话用户',
  ],
  // Chinese, Japanese, Korean, Vietnamese, Indonesian, Arabic, Hebrew
  ...['参会者', '与会者', '访客', '用户', '來賓', '来宾', '使用者', '参加者', 'ゲスト', 'ユーザー'],
  ...['訪客', '參與者', '主持人', 'ホスト', '匿名', '名前', '姓名', '학생', '学生'],
  ...[
    '참가자',
    '게스트',
    '사용자',
    '참석자',
    'người tham gia',
    'khách',
    'người dùng',
    'peserta',
    'tamu',
    'pengguna',
  ],
  ...['مشارك', 'ضيف', 'مستخدم', 'משתתף', 'אורח', 'משתמש'],
])

/** Devices, with whatever model follows: "iPhone", "iPad (2)", "Galaxy S21 Ultra", "Redmi Note 9 Pro", "DESKTOP-4F2K1". */
const devices =
  'iphone|ipad|ipod|ipod touch|imac|mac|macbook|macbook pro|macbook air|mac mini|apple|android|pc|laptop|notebook|computer|tablet|' +
  'galaxy|galaxy tab|galaxy note|samsung|samsung galaxy|samsung sm|huawei|honor|xiaomi|redmi|redmi note|mi|poco|oppo|vivo|realme|' +
  'oneplus|nokia|pixel|google pixel|motorola|moto|moto [a-z]|lenovo|asus|acer|hp|dell|lg|sony|xperia|infinix|tecno|chromebook|surface|windows|' +
  'i phone|i pad|desktop|apple (?:iphone|ipad)|android phone|huawei (?:matepad|mediapad)|zte|blade|handy|tablette|celular|' +
  'portátil|ordinateur|ordenador|computador|компьютер|ноутбук|ноут|планшет|пк|смартфон|самсунг|хонор|сяоми|хуавей|редми'
const model =
  '(?:[a-z]{0,4}-?\\d+(?:\\.\\d+)?[a-z]{0,3}\\+?|pro|max|plus|mini|ultra|lite|fe|se|xr|xs|x|air|note|tab|edge|fold|flip|power|play|stylus|neo|prime|5g|4g|\\(\\d+\\))'
const device = new RegExp(`^(?:(?:my|мой|моя|моё|мое|mein|mon) )?(?:${devices})(?:[ -]${model}|\\(\\d+\\))*$`)
const computer = /^(?:desktop|laptop|win|pc)-[a-z0-9]{4,}$/
/** What Android phones call themselves: Samsung's "SM-A515F", Xiaomi's "M2101K6G", Oppo's "CPH2127", Realme's "RMX3085". */
const androidModel = /^(?:sm-[a-z]\d{2,4}[a-z0-9]*|m\d{4}[a-z]\d{1,2}[a-z]{1,2}|cph\d{4}|rmx\d{4})$/
/** A desk whoever sits there: "USER-PC", "Admin-ПК". */
const desk = /^(?:user|admin|user name|пользователь|администратор)-(?:pc|пк)\d*$/

/** "+7 900 123-45-67", "79*****1234", "Call-in User_3": a telephone line. Short numbers may be roll numbers: kept. */
const dialIn = /^(?=.*[*+])[\d*x+() .-]{4,}$|^\+?\d[\d() .-]{8,}\d$|^call[- ]in user[ _]\d+$/

/** No generic name is longer; it also keeps the patterns off hostile names of ten thousand characters. */
const longest = 60

/** A number behind it: "guest 2", "user_7", "guest123", "участник (3)". */
const number = /[ _#№-]*(?:\d+|\(\d+\))$/

/** Zoom's own name beside what it calls somebody unknown: "Zoom用户", "Usuario de Zoom". */
const ofZoom = /^zoom ?|(?: d[eo])? ?zoom$/

/**
 * Whether a normalised name (see `normaliseName`) could be anybody's. Such names never join two connections.
 * The empty name, names without a letter or a digit, and a single digit are generic.
 */
export function isGenericName(normalised: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(normalised) || /^\d$/.test(normalised)) return true
  if (genericNames.has(normalised)) return true
  if (normalised.length > longest) return false
  if (device.test(normalised) || computer.test(normalised) || androidModel.test(normalised)) return true
  if (desk.test(normalised)) return true
  if (dialIn.test(normalised)) return true
  const base = normalised.replace(number, '').replace(ofZoom, '')
  if (base !== normalised && (genericNames.has(base) || device.test(base))) return true
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
