import { describe, expect, it } from 'vitest'
import { codesOf, readPortal } from '../../support/read-portal.ts'
import { portalFile } from '../../support/portal-files.ts'
import { portalVariants, type DateStyle, type PortalFile } from '../../support/portal-rows.ts'
import { portalLanguages } from '../../support/portal-words.ts'
import type { Survey } from '../../../shared/files/index.ts'
import type { ReadPortal } from '../../support/read-portal.ts'

const separated = portalVariants.filter((variant) => !variant.startsWith('api'))
/** Languages our reader has no words for. */
const nobodys: ReadonlySet<string> = new Set(['vi', 'el'])
const dateStyles: DateStyle[] = ['us', 'us24', 'named', 'dotted', 'iso', 'zulu']

function expectTruth({ truth }: PortalFile, { rows, meetings, survey }: ReadPortal): void {
  expect(
    rows.map(({ name, keys, fromMs, toMs, place }) => ({ name, email: keys.email, fromMs, toMs, place })),
  ).toEqual(
    truth.rows.map(({ name, email, stay, waiting }) => ({
      name,
      email: email || null,
      fromMs: truth.hasTimes ? (stay?.fromMs ?? null) : null,
      toMs: truth.hasTimes ? (stay?.toMs ?? null) : null,
      // Yes and no under a header nobody can read are no waiting room.
      place: waiting && !isUnread(survey) ? 'waiting' : 'main',
    })),
  )
  expect(survey.rows).toBe(rows.length)
  expect(survey.hasTimes).toBe(truth.hasTimes)
  if (truth.meetings.length > 0)
    expect(
      meetings.map(({ number, topic, startedMs, endedMs }) => ({ number, topic, startedMs, endedMs })),
    ).toEqual(
      truth.meetings.map(({ number, topic, startedMs, endedMs }) => ({ number, topic, startedMs, endedMs })),
    )
}

const isUnread = ({ columns, needsConfirmation, layout }: Survey): boolean =>
  layout !== 'api_answer' && needsConfirmation && !columns.some(({ field }) => field === 'in_waiting_room')

describe('every variant in every language', () => {
  for (const variant of portalVariants) {
    it(`reads all of ${variant} and warns of nothing but what it lacks`, async () => {
      for (const language of portalLanguages) {
        // The left half of these is in a language of its own: nobody's export mixes it with one we cannot read.
        if (variant.startsWith('history') && language === 'el') continue
        const file = portalFile(variant, language)
        const read = await readPortal(file.name, file.bytes)
        expectTruth(file, read)
        expect(read.meetings[0]?.number).toBe('81234567890')
        const expected = file.truth.hasTimes ? [] : ['no_times']
        const mayBeTold = nobodys.has(language) ? ['columns_by_shape', 'column_unread'] : ['columns_by_shape']
        expect(
          codesOf(read.warnings).filter((code) => !mayBeTold.includes(code)),
          `${variant} ${language}`,
        ).toEqual(expected)
      }
    })
  }
})

describe('every way a file may be written', () => {
  for (const dates of dateStyles) {
    it(`reads dates written as ${dates}`, async () => {
      for (const variant of ['M2', 'webinar_registered', 'history_old', 'P1'] as const) {
        const file = portalFile(variant, 'en', { dates })
        expectTruth(file, await readPortal(file.name, file.bytes))
      }
    })
  }

  it('reads all separators, line ends and encodings alike', async () => {
    for (const separator of [',', ';', '\t'] as const)
      for (const lineEnd of ['\n', '\r\n', '\r'] as const)
        for (const encoding of ['utf-8', 'utf-8-bom', 'utf-16le'] as const)
          for (const variant of ['P6', 'M1', 'webinar_registered', 'history_new'] as const) {
            const file = portalFile(variant, 'es', { separator, lineEnd, encoding })
            const read = await readPortal(file.name, file.bytes)
            expectTruth(file, read)
            expect(read.survey.separator).toBe(separator)
          }
    expect(separated.length).toBeGreaterThan(15)
  })

  it('says that times are exact to the minute where none has seconds', async () => {
    const file = portalFile('P2', 'en', { dates: 'us_minutes' })
    const { survey, rows } = await readPortal(file.name, file.bytes)
    expect(survey.precisionSeconds).toBe(60)
    expect(new Set(rows.map(({ precisionSeconds }) => precisionSeconds))).toEqual(new Set([60]))
  })
})
