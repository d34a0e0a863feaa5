import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recognisableName } from '../../shared/attendance/index.ts'
import { effectivePolicy } from '../../server/rosters/policy.ts'
import type { Policy } from '../../shared/wire/index.ts'
import { examplesIn, outcomeOf, tidy } from './attendance-story.ts'

const page = readFileSync('docs/attendance.md', 'utf8')

describe('the page about attendance', () => {
  const examples = examplesIn(page)

  it.each(examples.map((example, i) => [example.heading, i, example] as const))(
    'tells of %s (story %i) what comes out',
    (_, __, example) => {
      expect(outcomeOf(example)).toEqual(example.expected.map(tidy))
    },
  )

  it('has an example under every heading that has a rule', () => {
    const sections = page.split(/^(?=###? )/m).slice(1)
    const isTold = (section: string): boolean => /^```\w+\n/m.test(section)
    const bare = sections.filter((section, i) => {
      // What its parts show needs no example of its own.
      const hasParts = section.startsWith('## ') && sections[i + 1]?.startsWith('### ')
      return !isTold(section) && !hasParts
    })
    expect(bare.map((section) => section.split('\n')[0])).toEqual(['## How to read the examples'])
  })

  it('lays rules of several scopes over each other as it says', () => {
    const [, block = ''] = /^```scopes\n([^`]*)^```$/m.exec(page) ?? []
    const lines = block.trim().split('\n')
    const rulesIn = (line: string): Partial<Policy> =>
      Object.fromEntries(
        [...line.matchAll(/(\w+) (\d+)/g)].map(([, rule = '', value]) => [rule, Number(value)]),
      )
    const partOf = (scope: string) => rulesIn(lines.find((line) => line.startsWith(scope)) ?? '')
    const effective = effectivePolicy({
      ...{ installation: partOf('everything'), number: partOf('number'), gathering: partOf('gathering') },
    })
    expect(effective).toMatchObject(rulesIn(lines.find((line) => line.startsWith('=>')) ?? ''))
    expect(lines).toHaveLength(4)
  })

  it('compares names as it says', () => {
    const [, block = ''] = /^```names\n([^`]*)^```$/m.exec(page) ?? []
    const lines = block.split('\n').filter((line) => line !== '')
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines) {
      const [display = '', compared = ''] = line.split(/ +→ +/)
      expect([display, recognisableName(display) ?? 'nobody']).toEqual([display, compared.trim()])
    }
  })
})
