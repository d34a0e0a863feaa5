import type { Language } from '../../shared/words/index.ts'

/** Seconds after 18:00. A stay may lie in the waiting room. */
type Stay = readonly [from: number, to: number, waiting?: true]
interface Pupil {
  name: Record<Language, string>
  email: string
  stays: readonly Stay[]
}

const minutes = (from: number, to: number, waiting?: true): Stay =>
  waiting === undefined
    ? [Math.round(from * 60), Math.round(to * 60)]
    : [Math.round(from * 60), Math.round(to * 60), waiting]

/** An invented lesson of what really happens: two devices, a lost line, a new name, nameless phones, people at the line. */
const pupils: readonly Pupil[] = [
  pupil('Elena Kovacs', 'Елена Ковач', 'e.kovacs@school.example', minutes(4, 112)),
  pupil(
    'Denis Moss',
    'Денис Мосс',
    'd.moss@mail.example',
    minutes(4, 6, true),
    minutes(6, 55),
    minutes(57, 90),
  ),
  pupil('Denis (phone)', 'Денис (телефон)', 'd.moss@mail.example', minutes(49, 55)),
  pupil('Anna Silva', 'Анна Силва', 'anna.s@mail.example', minutes(16.2, 112)),
  pupil('Yulia Krause', 'Юлия Краузе', '', minutes(5, 71), minutes(72.5, 112)),
  pupil('Timur Valiev', 'Тимур Валиев', 't.valiev@mail.example', minutes(9, 31)),
  pupil('Omar Haddad', 'Омар Хаддад', 'omar@mail.example', minutes(30.8, 112)),
  pupil('Mei Tanaka', 'Мэй Танака', 'mei@mail.example', minutes(4.5, 85.6)),
  pupil('Jonas Berg', 'Йонас Берг', 'jonas@mail.example', minutes(5.5, 60), minutes(64, 111)),
  pupil('Sofia Rossi', 'София Росси', 'sofia@mail.example', minutes(6, 112)),
  pupil('Ivan Petrov', 'Иван Петров', '', minutes(7.2, 100.1)),
  pupil('Clara Weiss', 'Клара Вайс', 'clara@mail.example', minutes(5.1, 110)),
  pupil('Lucas Martin', 'Лукас Мартен', 'lucas@mail.example', minutes(8, 40), minutes(40.6, 109)),
  pupil('Nina Brandt', 'Нина Брандт', 'nina@mail.example', minutes(20, 33, true)),
  pupil('iPhone', 'iPhone', '', minutes(34, 65)),
  pupil('iPhone', 'iPhone', '', minutes(50, 112)),
  pupil('Olga Perm', 'Ольга Перм', 'olga@mail.example', minutes(6.5, 67)),
  pupil('Olga P. (tablet)', 'Ольга П. (планшет)', 'olga@mail.example', minutes(67.4, 112)),
  pupil('Ahmed Said', 'Ахмед Саид', 'ahmed@mail.example', minutes(12, 58)),
  pupil('Ruth Cohen', 'Рут Коэн', 'ruth@mail.example', minutes(5, 112)),
]

function pupil(en: string, ru: string, email: string, ...stays: Stay[]): Pupil {
  return { name: { en, ru }, email, stays }
}

/** The lesson as Zoom's portal would export it, made here and now. */
export function exampleFile(language: Language): File {
  const topic = language === 'ru' ? 'Управление проектами, занятие 4' : 'Project management, lesson 4'
  const lines = [
    'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
    `81234567890,"${topic}",${time(4 * 60)},${time(112 * 60)},e.kovacs@school.example,108,${pupils.length}`,
    '',
    'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room',
    ...pupils.flatMap(({ name, email, stays }) =>
      stays.map(
        ([from, to, waiting]) =>
          `${name[language]},${email},${time(from)},${time(to)},${Math.ceil((to - from) / 60)},Yes,${waiting ? 'Yes' : 'No'}`,
      ),
    ),
  ]
  const bytes = `\ufeff${lines.join('\r\n')}\r\n`
  const title = language === 'ru' ? 'пример-занятия.csv' : 'example-lesson.csv'
  return new File([bytes], title, { type: 'text/csv', lastModified: 0 })
}

/** The evening of 24 March 2026, as Zoom writes it. */
function time(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const minute = Math.floor(seconds / 60)
  return `03/24/2026 ${two(6 + Math.floor(minute / 60))}:${two(minute % 60)}:${two(seconds % 60)} PM`
}
