/** One measured figure beside what it is compared with, both from the same run. */
export interface Line {
  what: string
  unit: string
  ours: number
  baseline: number
  /** What the baseline is. */
  against: string
  /** Where it is not simply `ours / baseline`: the median of the rounds' own ratios. */
  ratio?: number
  /** What we promise of the ratio; absent when it is only told. */
  target?: string
  met?: (ratio: number) => boolean
}

export const ratioOf = (line: Line): number => line.ratio ?? line.ours / line.baseline

/** The middle one; of none, 0. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** The lines as a table for a terminal. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const ratio = ratioOf(line)
    const verdict = line.met === undefined ? '' : line.met(ratio) ? 'yes' : 'NO'
    return [
      line.what,
      `${readable(line.ours)} ${line.unit}`,
      `${readable(line.baseline)} ${line.unit}`,
      line.against,
      readable(ratio),
      line.target ?? '',
      verdict,
    ]
  })
  const head = ['figure', 'ours', 'baseline', 'which is', 'ratio', 'target', 'met']
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const printed = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  printed.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '))
  return printed.join('\n')
}

/** Three significant digits, thousands apart. */
const readable = (value: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3 }).format(value)
