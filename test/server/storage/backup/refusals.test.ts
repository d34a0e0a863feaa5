import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { frameBytes, readFrames, type Frame } from '../../../../server/storage/backup/frames.ts'
import { fileKey, openChunks, sealChunks } from '../../../../server/storage/backup/sealed-chunks.ts'
import { startEmbedded } from '../../../../server/storage/index.ts'
import { testStorage } from '../../../support/database.ts'
import { run } from '../../../support/global-setup.ts'
import { silentLog } from '../../../support/log.ts'
import { fill, manyFacts } from './filled.ts'
import {
  ANOTHER_KEY,
  backup,
  emptyDatabase,
  everything,
  freshDataDir,
  namesIn,
  open,
  restore,
  ring,
  SEALED_CHUNK,
  server,
} from './stage.ts'

describe('a refused restore changes nothing:', () => {
  let file: Buffer
  let body: number
  let url: string
  beforeAll(async () => {
    const source = await testStorage()
    open.push(() => source.close())
    await fill(source.storage, { connectionString: source.connectionString })
    await manyFacts(source.connectionString, 2_000)
    file = (await backup(server(source.connectionString))).file
    body = file.indexOf('\n', file.indexOf('\n') + 1) + 1
    expect(file.length - body).toBeGreaterThan(3 * SEALED_CHUNK)
    url = await emptyDatabase()
  })

  const refused = async (bytes: Buffer, code: string, sentence: RegExp, keys?: string) => {
    await expect(restore(server(url), bytes, keys)).rejects.toMatchObject({
      name: 'BackupRefusal',
      code,
      message: expect.stringMatching(sentence) as string,
    })
    expect(await namesIn(url)).toEqual([])
  }
  const withHeader = (change: (header: Record<string, unknown>) => void, format = 1) => {
    const header = JSON.parse(file.toString('utf8', file.indexOf('\n') + 1, body)) as Record<string, unknown>
    change(header)
    return Buffer.concat([
      Buffer.from(`rollbook-backup ${format}\n${JSON.stringify(header)}\n`),
      file.subarray(body),
    ])
  }

  it('another key under the same id', () =>
    refused(file, 'damaged', /another key under the same id/, ANOTHER_KEY.replace('other', 'test')))

  it('a file cut off anywhere, between chunks too', async () => {
    for (const length of [
      body,
      body + 10,
      body + SEALED_CHUNK,
      body + 2 * SEALED_CHUNK,
      body + 2 * SEALED_CHUNK + 7,
      file.length - 1,
    ])
      await refused(file.subarray(0, length), 'damaged', /cut off|damaged or incomplete/)
  })

  it('a flipped bit in any part of it, the header and the last byte too', async () => {
    const places = [
      file.indexOf('9.8.7'),
      body,
      body + SEALED_CHUNK - 1,
      body + SEALED_CHUNK + 500,
      file.length - 1,
    ]
    for (const place of places) {
      const changed = Buffer.from(file)
      changed.writeUInt8((changed[place] ?? 0) ^ 1, place)
      await refused(changed, 'damaged', /changed or cut off|damaged or incomplete/)
    }
  })

  it('chunks in another order, twice, left out, or something after the end', async () => {
    const chunk = (number: number) =>
      file.subarray(body + number * SEALED_CHUNK, body + (number + 1) * SEALED_CHUNK)
    const head = file.subarray(0, body)
    const rest = file.subarray(body + 2 * SEALED_CHUNK)
    for (const pieces of [
      [head, chunk(1), chunk(0), rest],
      [head, chunk(0), chunk(0), chunk(1), rest],
      [head, chunk(0), rest],
      [file, Buffer.from('\n')],
    ])
      await refused(Buffer.concat(pieces), 'damaged', /changed or cut off|damaged or incomplete/)
  })

  it('a file of something else, an empty one, and a header without sense', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('roll'),
      Buffer.from('PGDMP'),
      randomBytes(200_000),
      Buffer.alloc(200_000, 'rollbook-backup 1'),
      Buffer.from('rollbook-backup one\n{}\n'),
      Buffer.from('rollbook-backup 1\n{}\n'),
      Buffer.from('rollbook-backup 1\nnonsense\n'),
    ])
      await refused(bytes, 'not_a_backup', /not a backup of Rollbook/)
  })

  it('a newer format, and rows of a newer schema', async () => {
    await refused(
      withHeader(() => {}, 2),
      'newer_program',
      /format 2, and this Rollbook reads format 1/,
    )
    await refused(
      withHeader((header) => (header['migrations'] = ['0001-beginning', '0099-later'])),
      'newer_program',
      /newer Rollbook \(9\.8\.7; it knows 0099-later\)/,
    )
  })

  it('figures that its tables do not bear out, be it sealed as it should be', async () => {
    for (const forge of [
      (frames: Frame[]) => frames.slice(0, -1),
      (frames: Frame[]) =>
        frames.map((one) => (one.kind === 'tableEnd' ? { ...one, rows: one.rows + 1 } : one)),
      (frames: Frame[]) => frames.filter((one) => one.kind !== 'tableEnd'),
      (frames: Frame[]) => frames.filter((one) => one.kind !== 'table' || one.table !== 'audit'),
      (frames: Frame[]) =>
        frames.map((one) => (one.kind === 'table' ? { ...one, columns: [...one.columns, 'more'] } : one)),
      (frames: Frame[]) => frames.map((one) => (one.kind === 'end' ? { ...one, tables: [] } : one)),
    ])
      await refused(await reforged(file, body, forge), 'damaged', /contradicts itself/)
    const cut = (frames: Frame[]) =>
      frames.map((one) => (one.kind === 'rows' ? { ...one, bytes: one.bytes.subarray(1) } : one))
    await expect(restore(server(url), await reforged(file, body, cut))).rejects.toThrow()
    expect(await namesIn(url)).toEqual([])
  })

  it('a database with anything in it, be it somebody else’s', async () => {
    const used = await testStorage()
    open.push(() => used.close())
    const before = await everything({ connectionString: used.connectionString })
    await expect(restore(server(used.connectionString), file)).rejects.toMatchObject({
      code: 'not_empty',
      message: expect.stringMatching(/is not empty: ".*" is in it.*new database/) as string,
    })
    expect(await everything({ connectionString: used.connectionString })).toEqual(before)
    const foreign = await emptyDatabase()
    await run(foreign, 'create table recipes (name text)')
    await expect(restore(server(foreign), file)).rejects.toThrow(/"recipes" is in it/)
  })

  it('an embedded database that a running server owns', async () => {
    const dataDir = await freshDataDir()
    const owner = await startEmbedded({ dataDir, fsync: false, log: silentLog })
    try {
      await expect(restore({ kind: 'embedded', dataDir }, file)).rejects.toThrow(
        /Another Rollbook is running/,
      )
      expect(await everything(owner.connection)).toEqual({})
    } finally {
      await owner.stop()
    }
  })

  it('and the same database takes the whole file afterwards', async () => {
    await restore(server(url), file)
    expect((await everything({ connectionString: url }))['evidence']).toHaveLength(2_004)
  })
})

/** The same file with other frames, sealed by somebody who has the key. */
async function reforged(file: Buffer, body: number, forge: (frames: Frame[]) => Frame[]): Promise<Buffer> {
  const head = file.subarray(0, body)
  const { salt } = JSON.parse(head.toString('utf8', head.indexOf('\n') + 1)) as { salt: string }
  const key = fileKey(ring().keys[0]?.key ?? new Uint8Array(), Buffer.from(salt, 'base64url'))
  const packed: Buffer[] = []
  for await (const piece of openChunks(key, head, Readable.from([file.subarray(body)]))) packed.push(piece)
  const frames: Frame[] = []
  for await (const frame of readFrames(Readable.from([gunzipSync(Buffer.concat(packed))]))) frames.push(frame)
  const sealed = [head]
  const again = gzipSync(Buffer.concat(forge(frames).map(frameBytes)))
  for await (const piece of sealChunks(key, head, Readable.from([again]))) sealed.push(piece)
  return Buffer.concat(sealed)
}
