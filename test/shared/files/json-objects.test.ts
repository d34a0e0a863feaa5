import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonObjects } from '../../../shared/files/json-objects.ts'

interface Seen {
  objects: Record<string, string>[]
  lists: string[]
  elements: string[]
  cut: boolean
  malformed: number
}

function objectsIn(text: string, piece = text.length || 1): Seen {
  const seen: Seen = { objects: [], lists: [], elements: [], cut: false, malformed: 0 }
  const reader = createJsonObjects({
    object: ({ values }) => seen.objects.push(Object.fromEntries(values)),
    list: (name) => seen.lists.push(name),
    element: (value, list) => seen.elements.push(`${list ?? ''}:${value}`),
    cut: () => (seen.cut = true),
    malformed: () => seen.malformed++,
  })
  for (let at = 0; at < text.length; at += piece) reader.push(text.slice(at, at + piece))
  reader.end()
  return seen
}

describe('objects of a JSON text', () => {
  it('gives every object its own plain values, the inner before the outer', () => {
    expect(objectsIn('{"a":1,"in":{"b":"x\\n\\u00e9","c":null},"list":[{"d":true},2]}')).toEqual({
      objects: [{ b: 'x\né' }, { d: 'true' }, { a: '1' }],
      lists: ['list'],
      elements: ['list:2'],
      cut: false,
      malformed: 0,
    })
  })

  it('reads the same however the text is cut into pieces', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 7 }), (text, piece) => {
        expect(objectsIn(text, piece)).toEqual(objectsIn(text))
      }),
    )
  })

  it('finds what a parser of JSON finds', () => {
    const plain = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      { maxKeys: 8 },
    )
    fc.assert(
      fc.property(fc.array(plain), (objects) => {
        const texts = objects.map((one) =>
          Object.fromEntries(Object.entries(one).map(([key, value]) => [key, String(value)])),
        )
        expect(objectsIn(JSON.stringify(objects)).objects).toEqual(texts)
      }),
    )
  })

  it('goes on after what is no JSON, and keeps little of what is endless', () => {
    const seen = objectsIn('{"a": nonsense, "b": 2}')
    expect(seen).toMatchObject({ objects: [{ b: '2' }], malformed: 1 })
    expect(objectsIn('['.repeat(100_000)).cut).toBe(true)
    expect(objectsIn(`{"a":"${'x'.repeat(200_000)}"}`).objects[0]?.['a']?.length).toBeLessThan(70_000)
  })
})
