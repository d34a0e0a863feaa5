import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { recognisableName } from '../../shared/attendance/index.ts'
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
    const headings = [...page.matchAll(/^### (.*)$/gm)].map(([, title]) => title)
    const shown = new Set(examples.map(({ heading }) => heading))
    expect(headings.filter((heading) => !shown.has(heading ?? ''))).toEqual([])
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
