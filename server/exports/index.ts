/**
 * A roster in, text out: which rows, which columns, how a cell is written. No input or output happens here; HTTP streams what
 * `sheetChunks` yields. Start with `sheet.ts`.
 */
export * from './difference-sheet.ts'
export * from './ports.ts'
export * from './select.ts'
export * from './sheet.ts'
