/**
 * A roster in, text out: which rows, which columns, how a cell is written. No input or output happens here; HTTP streams what
 * `sheetChunks` yields, the command line what `people-json.ts` and `xlsx.ts` yield. Start with `sheet.ts`.
 */
export * from './difference-sheet.ts'
export * from './people-sheet.ts'
export * from './people-json.ts'
export * from './ports.ts'
export * from './registration-columns.ts'
export * from './select.ts'
export * from './sheet.ts'
export * from './xlsx.ts'
