/** The objects of a JSON text one by one, as they close, without ever holding the text: what a saved answer of an API is. */

/** One object: its own plain values as text, and where it stands. */
export interface JsonObject {
  values: Map<string, string>
  /** An element of a list, or of a file of one object a line; not the value of a name. */
  isElement: boolean
  /** The name of the list it is an element of; null for none, or for one without a name. */
  list: string | null
  /** It has objects or lists inside. */
  holdsMore: boolean
  /** The nearest object around it. */
  parent: JsonObject | null
}

export interface JsonEvents {
  /** An object closed, or the file's end cut it off. Those inside come before those around. */
  object: (object: JsonObject) => void
  /** A list begins under this name, in this object. */
  list: (name: string, parent: JsonObject | null) => void
  /** An element of a list that is neither object nor list, `null` included. `list` is as in `JsonObject`. */
  element: (value: string, list: string | null, parent: JsonObject | null) => void
  /** The text ends inside of something it began. */
  cut: () => void
  malformed: (line: number, text: string) => void
}

export interface JsonObjects {
  push: (text: string) => void
  end: () => void
}

/** A list that is open, and the name it was begun under; a list right inside of another one goes by that one's. */
interface JsonList {
  listName: string | null
}

const isList = (one: JsonObject | JsonList): one is JsonList => 'listName' in one

/** Longer values are cut, more of one object are not kept, deeper objects are not looked into: none of Zoom's is so. */
const LONGEST_VALUE = 65_536
const MOST_VALUES = 200
const DEEPEST = 200

const BARE = /^(?:true|false|null|-?\d[\d.eE+-]*)$/

/** Reads JSON, one text or several behind one another. What is no JSON is told of and left out, the rest is read. */
export function createJsonObjects(events: JsonEvents): JsonObjects {
  const open: (JsonObject | JsonList)[] = []
  let deeper = 0
  let name: string | null = null
  let value: string | null = null
  let bare = ''
  let isNull = false
  /** A string that has begun, as written; null outside of strings. */
  let string: string | null = null
  let escaped = false
  let text = ''
  let line = 1

  return {
    push(piece) {
      text = piece
      let at = 0
      while (at < text.length) at = string === null ? readBetween(at) : readString(at, string)
      line += countLines(text)
    },
    end() {
      text = ''
      if (string !== null) value = unquote(string)
      settle(0)
      if (open.length > 0 || string !== null) events.cut()
      while (open.length > 0) close()
    },
  }

  /** Up to the next mark and over it; what stands before it is a number, a truth, or nothing. */
  function readBetween(from: number): number {
    const marks = /["{}[\]:,]/g
    marks.lastIndex = from
    const mark = marks.exec(text)
    const end = mark?.index ?? text.length
    if (bare.length < LONGEST_VALUE) bare += text.slice(from, end)
    if (mark === null) return end
    if (mark[0] === '"') {
      settleBare(end)
      string = ''
    } else if (mark[0] === ':') {
      settleBare(end)
      name = value
      value = null
    } else {
      settle(end)
      if (mark[0] === '{' || mark[0] === '[') begin(mark[0] === '{')
      else if (mark[0] === ',') name = null
      else finish(end)
    }
    return end + 1
  }

  function readString(from: number, before: string): number {
    if (escaped) {
      escaped = false
      string = before + text.charAt(from)
      return from + 1
    }
    let end = from
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === 0x22 || code === 0x5c) break
    }
    const whole = before.length < LONGEST_VALUE ? before + text.slice(from, end) : before
    if (end >= text.length) {
      string = whole
    } else if (text.charCodeAt(end) === 0x5c) {
      string = `${whole}\\`
      escaped = true
    } else {
      string = null
      value = unquote(whole)
    }
    return end + 1
  }

  function settleBare(at: number): void {
    const said = bare.trim()
    bare = ''
    if (said === '') return
    isNull = said === 'null'
    if (BARE.test(said)) value = isNull ? null : said
    else events.malformed(line + countLines(text.slice(0, at)), said.slice(0, 60))
  }

  function settle(at: number): void {
    settleBare(at)
    const around = open.at(-1)
    const said = isNull ? 'null' : value
    if (around !== undefined && isList(around)) {
      if (said !== null && deeper === 0) events.element(said, around.listName, innermost())
    } else if (around !== undefined && name !== null && value !== null && around.values.size < MOST_VALUES) {
      around.values.set(name, value.slice(0, LONGEST_VALUE))
    }
    value = null
    isNull = false
  }

  function begin(isObject: boolean): void {
    if (open.length >= DEEPEST) {
      deeper++
      return
    }
    const around = open.at(-1)
    const isElement = around === undefined || isList(around)
    const list = around !== undefined && isList(around) ? around.listName : null
    const parent = innermost()
    if (parent !== null) parent.holdsMore = true
    if (!isObject && name !== null) events.list(name, parent)
    if (isObject) open.push({ values: new Map(), isElement, list, holdsMore: false, parent })
    else open.push({ listName: name ?? list })
    name = null
  }

  function innermost(): JsonObject | null {
    for (let at = open.length - 1; at >= 0; at--) {
      const one = open[at]
      if (one !== undefined && !isList(one)) return one
    }
    return null
  }

  function finish(at: number): void {
    if (deeper > 0) deeper--
    else if (open.length === 0)
      events.malformed(line + countLines(text.slice(0, at)), text.slice(at, at + 60))
    else close()
  }

  function close(): void {
    const closed = open.pop()
    if (closed !== undefined && !isList(closed)) events.object(closed)
    name = null
  }
}

/** Parsing also makes a copy of its own, so that a kept name does not keep its whole piece of the file. */
function unquote(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`))
  } catch {
    return written.slice()
  }
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
