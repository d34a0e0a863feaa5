// What `rollbook people` is measured against: the same file parsed and written again by csv-parse and csv-stringify.
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

const [from = '', to = ''] = process.argv.slice(2)
await pipeline(
  createReadStream(from),
  parse({ relax_column_count: true }),
  stringify(),
  createWriteStream(to),
)
