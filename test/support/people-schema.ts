import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import { expect } from 'vitest'

const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text))

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': isInstant } })
const validate = ajv.compile(JSON.parse(readFileSync('docs/people.schema.json', 'utf8')) as object)

/** Fails unless the answer is as the published schema says. */
export function expectPublished(answer: unknown): void {
  validate(answer)
  expect(validate.errors ?? [], JSON.stringify(validate.errors)).toEqual([])
}
