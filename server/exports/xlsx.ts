/**
 * A workbook as the text of its parts, row by row: what goes into the ZIP archive that an .xlsx file is. ECMA-376, Part 1
 * (https://ecma-international.org/publications-and-standards/standards/ecma-376/) names the parts and elements.
 */
import { showControls } from '../../shared/files/index.ts'

/** `text` is a string whatever it looks like; `time` is a moment as the clock shows it, in days since 1899-12-30. */
export type CellKind = 'text' | 'number' | 'time' | 'duration' | 'percent'

export interface SheetColumn {
  header: string
  kind: CellKind
  /** In characters. */
  width: number
}

/** Null for an empty cell. Durations are seconds, percents fractions. */
export type Cell = string | number | null

export interface Sheet {
  name: string
  columns: readonly SheetColumn[]
  rows: Iterable<readonly Cell[]>
}

export interface WorkbookPart {
  path: string
  chunks: Iterable<string>
}

/** The rows a sheet can have, its header among them; what is more goes on in a sheet of its own. */
const MOST_ROWS = 1_048_576
/** The characters a cell can have; what is cut ends with a mark. */
const LONGEST_TEXT = 32_767
const CUT = '…'
const CHUNK = 65_536
const DAY_SECONDS = 86_400

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** Numbers of the cell formats in `styles`. Text has one of its own: typed over, it stays text. */
const styleOf: Record<CellKind | 'header', number> = {
  number: 0,
  header: 1,
  text: 2,
  time: 3,
  duration: 4,
  percent: 5,
}

const styles = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="46" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/**
 * Writes one list as a workbook: typed cells, a header that stays in sight with a filter on every column, sensible widths, and
 * no formula whatever a text begins with. What Excel cannot hold stays visible: a control character becomes its picture (␀), a
 * text too long ends with "…", rows too many go on in "name 2". Rows are pulled as the chunks are.
 */
export function* workbookParts(
  { name, columns, rows }: Sheet,
  mostRows = MOST_ROWS,
): Generator<WorkbookPart> {
  const source = rows[Symbol.iterator]()
  const names: string[] = []
  const lengths: number[] = []
  let next = source.next()
  do {
    names.push(names.length === 0 ? name : `${name} ${names.length + 1}`)
    yield { path: `xl/worksheets/sheet${names.length}.xml`, chunks: sheetXml() }
  } while (next.done !== true)
  yield { path: 'xl/styles.xml', chunks: [styles] }
  yield { path: 'xl/workbook.xml', chunks: [workbookXml(names, lengths, columns.length)] }
  yield { path: 'xl/_rels/workbook.xml.rels', chunks: [workbookRelations(names)] }
  yield { path: '_rels/.rels', chunks: [rootRelations] }
  yield { path: '[Content_Types].xml', chunks: [contentTypes(names)] }

  function* sheetXml(): Generator<string> {
    const letters = columns.map((_, at) => columnLetter(at))
    const last = letters.at(-1) ?? 'A'
    let xml = sheetHead(columns, letters)
    let row = 1
    for (; next.done !== true && row < mostRows; next = source.next()) {
      row++
      xml += rowXml(next.value, row, columns, letters)
      if (xml.length < CHUNK) continue
      yield xml
      xml = ''
    }
    lengths.push(row)
    yield `${xml}</sheetData><autoFilter ref="A1:${last}${row}"/></worksheet>`
  }
}

function sheetHead(columns: readonly SheetColumn[], letters: readonly string[]): string {
  const widths = columns
    .map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const headers = columns
    .map(({ header }, at) => textCell(`${letters[at] ?? ''}1`, styleOf.header, header))
    .join('')
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row r="1">${headers}</row>`
}

function rowXml(
  cells: readonly Cell[],
  row: number,
  columns: readonly SheetColumn[],
  letters: readonly string[],
): string {
  let xml = `<row r="${row}">`
  for (let at = 0; at < columns.length; at++) {
    const cell = cells[at] ?? null
    const kind = columns[at]?.kind ?? 'text'
    if (cell === null || cell === '') continue
    const place = `${letters[at] ?? ''}${row}`
    if (typeof cell === 'string') xml += textCell(place, styleOf.text, cell)
    else if (Number.isFinite(cell)) {
      const value = kind === 'duration' ? cell / DAY_SECONDS : cell
      xml += `<c r="${place}" s="${styleOf[kind]}"><v>${value}</v></c>`
    }
  }
  return `${xml}</row>`
}

const textCell = (place: string, style: number, text: string): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${textXml(text)}</t></is></c>`

/** Only these need a second look: markup, what XML forbids, carriage returns, halves of characters, and `_x0041_`. */
const DELICATE = /[&<>\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff\ud800-\udfff]|_x[0-9a-f]{4}_/i

function textXml(text: string): string {
  const kept = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - CUT.length)}${CUT}` : text
  if (!DELICATE.test(kept)) return kept
  return showControls(kept)
    .replaceAll(HALVES, '\ufffd')
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('\r', '_x000D_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** Half of a character beyond the first 65,536, without its other half. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function columnLetter(at: number): string {
  const rest = Math.floor(at / 26) - 1
  return (rest < 0 ? '' : columnLetter(rest)) + String.fromCharCode(65 + (at % 26))
}

function workbookXml(names: readonly string[], lengths: readonly number[], columns: number): string {
  const sheets = names
    .map((name, at) => `<sheet name="${textXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
    .join('')
  // Excel names what a filter covers; other programs show the filter only with it.
  const filters = names
    .map(
      (name, at) =>
        `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">'${textXml(name)}'!$A$1:$${columnLetter(columns - 1)}$${lengths[at] ?? 1}</definedName>`,
    )
    .join('')
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets}</sheets><definedNames>${filters}</definedNames></workbook>`
}

function workbookRelations(names: readonly string[]): string {
  const sheets = names
    .map(
      (_, at) =>
        `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    )
    .join('')
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets}<Relationship Id="rId${names.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`
}

const rootRelations = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

function contentTypes(names: readonly string[]): string {
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const sheets = names
    .map(
      (_, at) =>
        `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`,
    )
    .join('')
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${sheets}</Types>`
}
