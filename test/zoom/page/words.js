/** Every sentence of the demo page. Functions take numbers and return them in the language's own form. */
const plural = (language, forms) => {
  const rules = new Intl.PluralRules(language)
  const number = new Intl.NumberFormat(language)
  return (count) => `${number.format(count)}\u00a0${forms[rules.select(count)] ?? forms.other}`
}

const en = {
  demo: 'demo',
  as: {
    label: 'Panel of',
    host: 'Host',
    cohost: 'Co-host',
    participant: 'Participant',
    guest: 'Guest',
  },
  place: { label: 'in', meeting: 'Meeting', main: 'Main client' },
  width: { label: 'Width', 280: '280', 372: '372', 400: '400', 900: '900' },
  theme: { label: 'Colours', system: 'System', light: 'Light', dark: 'Dark' },
  language: { label: 'Language', en: 'English', ru: 'Русский' },
  clientLabel: 'The Zoom client with the Rollbook panel',
  opening: 'Opening the panel …',
  waitingRoom: 'In the waiting room (click to admit)',
  actions: {
    join: 'Somebody joins',
    wait: 'Somebody waits',
    drop: 'Connection drops',
    leave: 'Leaves',
    rename: 'Renames',
    phone: 'Second device',
    promote: 'Co-host on/off',
    room: 'Breakout room in/out',
    hostile: 'Hostile names',
    storm: 'Storm of 1,000',
    restart: 'Restart',
    forget: 'Zoom forgets us',
    end: 'End the meeting',
    again: 'Start another lesson',
  },
  toolbar: 'What should happen in the meeting',
  pause: 'Pause the coming and going',
  resume: 'Let people come and go',
  hintNobody: 'Choose a person for the buttons, or leave the choice to chance.',
  hintEnded:
    'Watch the panel: its list is provisional until Zoom’s own is complete. Then open it in the main client, as on the next day.',
  hintSomebody: (name) => `The buttons now act on ${name}.`,
  notPossible: 'Nobody fits that at the moment.',
  host: 'Host',
  cohost: 'Co-host',
  room: 'Breakout',
  devices: plural('en', { one: 'device', other: 'devices' }),
  people: plural('en', { one: 'person', other: 'people' }),
  connections: plural('en', { one: 'connection', other: 'connections' }),
  waiting: (count) => `${count} waiting`,
  inRooms: (count) => `${count} in breakout rooms`,
  running: (minutes) =>
    `Simulated meeting · running for ${plural('en', { one: 'minute', other: 'minutes' })(minutes)}`,
  over: 'Simulated meeting · ended',
  restarting: 'Simulated meeting · starts again in a moment under the same number',
  more: (count) => `and ${plural('en', { one: 'more person', other: 'more people' })(count)}`,
  honesty:
    'Simulated: Zoom itself (people, past evenings, webhooks, its official list, sign-in, the client around the panel). Real: the server, its PostgreSQL, the Zoom Apps SDK and the panel on the right.',
  list: {
    missing: 'not there yet (404)',
    short: 'incomplete',
    complete: 'complete',
  },
  listLine: (phase, asked) =>
    `Zoom’s official list: ${phase}; asked for ${plural('en', { one: 'time', other: 'times' })(asked)}. Here it takes half a minute, with Zoom up to hours.`,
  webhooks: (accepted, sent, last) => `${accepted} of ${sent} webhooks accepted by the server. Last: ${last}`,
  noName: '(no name)',
}

const ru = {
  demo: 'демо',
  as: {
    label: 'Панель',
    host: 'Организатор',
    cohost: 'Соорганизатор',
    participant: 'Участник',
    guest: 'Гость',
  },
  place: { label: 'открыта', meeting: 'во встрече', main: 'вне встречи' },
  width: { label: 'Ширина', 280: '280', 372: '372', 400: '400', 900: '900' },
  theme: { label: 'Цвета', system: 'Авто', light: 'Светлые', dark: 'Тёмные' },
  language: { label: 'Язык', en: 'English', ru: 'Русский' },
  clientLabel: 'Клиент Zoom с панелью Rollbook',
  opening: 'Панель открывается …',
  waitingRoom: 'В зале ожидания (нажмите, чтобы впустить)',
  actions: {
    join: 'Кто-то входит',
    wait: 'Кто-то ждёт',
    drop: 'Обрыв связи',
    leave: 'Уходит',
    rename: 'Меняет имя',
    phone: 'Второе устройство',
    promote: 'Соорганизатор вкл./выкл.',
    room: 'В сессионный зал / обратно',
    hostile: 'Вредные имена',
    storm: 'Шквал из 1000',
    restart: 'Перезапуск',
    forget: 'Zoom забывает нас',
    end: 'Завершить встречу',
    again: 'Начать другое занятие',
  },
  toolbar: 'Что должно произойти во встрече',
  pause: 'Остановить движение',
  resume: 'Пусть приходят и уходят',
  hintNobody: 'Выберите человека для кнопок или доверьтесь случаю.',
  hintEnded:
    'Посмотрите на панель: её список предварительный, пока список Zoom неполный. Потом откройте её вне встречи, как на следующий день.',
  hintSomebody: (name) => `Кнопки теперь действуют на: ${name}.`,
  notPossible: 'Сейчас это ни к кому не подходит.',
  host: 'Ведёт',
  cohost: 'Соорг.',
  room: 'В зале',
  devices: plural('ru', { one: 'устройство', few: 'устройства', many: 'устройств', other: 'устройства' }),
  people: plural('ru', { one: 'человек', few: 'человека', many: 'человек', other: 'человека' }),
  connections: plural('ru', {
    one: 'подключение',
    few: 'подключения',
    many: 'подключений',
    other: 'подключения',
  }),
  waiting: (count) => `ждут: ${count}`,
  inRooms: (count) => `в залах: ${count}`,
  running: (minutes) =>
    `Имитация встречи · идёт ${plural('ru', { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' })(minutes)}`,
  over: 'Имитация встречи · завершена',
  restarting: 'Имитация встречи · сейчас начнётся снова под тем же номером',
  more: (count) =>
    `и ещё ${plural('ru', { one: 'человек', few: 'человека', many: 'человек', other: 'человека' })(count)}`,
  honesty:
    'Имитация: сам Zoom (люди, прошлые вечера, веб-хуки, официальный список, вход, клиент вокруг панели). Настоящее: сервер, его PostgreSQL, Zoom Apps SDK и панель справа.',
  list: {
    missing: 'ещё нет (404)',
    short: 'неполный',
    complete: 'полный',
  },
  listLine: (phase, asked) =>
    `Официальный список Zoom: ${phase}; запрошен ${plural('ru', { one: 'раз', few: 'раза', many: 'раз', other: 'раза' })(asked)}. Здесь это полминуты, в жизни — до нескольких часов.`,
  webhooks: (accepted, sent, last) => `Сервер принял веб-хуков: ${accepted} из ${sent}. Последние: ${last}`,
  noName: '(без имени)',
}

export const words = { en, ru }
