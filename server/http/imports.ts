import type { Request } from 'express'
import {
  IMPORT_OPTIONS_HEADER,
  ImportAnswer,
  ImportList,
  ImportOptions,
  ImportPreview,
  ImportPreviewRequest,
  MOST_IMPORT_BYTES,
  type ImportMatch,
} from '../../shared/wire/index.ts'
import type { Directory, MemberViewer } from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import {
  candidatesFor,
  importFile,
  matchOf,
  NEAR_MS,
  type ImportParts,
  type KnownMeeting,
} from '../imports/index.ts'
import { sessionRoute, type Route } from './route.ts'
import { parseBody } from './validate.ts'

const SHOWN = 100
const MOST_MAYBE = 5

export interface ImportRouteParts extends ImportParts {
  directory: Pick<Directory, 'everywhere'>
  /** A gathering has new evidence. */
  wakeLive: (gatheringId: string) => void
  wakeDue: () => void
}

/** Files exported from Zoom’s portal become evidence of their meetings: the owner’s to do, to look at and to undo. */
export function importRoutes(parts: ImportRouteParts): Route[] {
  const { imports, clock } = parts
  const grew = (gatheringIds: readonly string[]): void => {
    gatheringIds.forEach(parts.wakeLive)
    parts.wakeDue()
  }
  return [
    sessionRoute({
      method: 'post',
      path: '/api/imports/preview',
      summary:
        'Where the meetings of a file would go, by number and time. The owner’s; no name and no row is sent.',
      access: { who: 'session' },
      body: ImportPreviewRequest,
      answer: ImportPreview,
      handle: async (req, res, session) => {
        const request = parseBody(ImportPreviewRequest, req.body)
        const { installationId } = await importerOf(parts.directory, session)
        res.set('Cache-Control', 'no-store').json(await previewOf(parts, installationId, request))
      },
    }),
    sessionRoute({
      method: 'post',
      path: '/api/imports',
      summary: `Makes evidence of a file exported from Zoom’s portal. The body is its bytes, at most ${MOST_IMPORT_BYTES / 1024 / 1024} MiB; it is read again here. The same file twice changes nothing; with other answers it replaces what it said before, and what hosts said of its people stays. 422 names why a file is refused. The owner’s; co-hosts may not.`,
      headers: {
        [IMPORT_OPTIONS_HEADER]:
          'Percent-encoded JSON: `name` of the file, `zone`, `dates`, `columns`, `confirmed`, `into`.',
      },
      bytes: true,
      access: { who: 'session', fresh: true },
      answer: ImportAnswer,
      handle: async (req, res, session) => {
        const by = await importerOf(parts.directory, session)
        const options = optionsOf(req)
        const answer = await importFile(parts, by, await bytesOf(req), options)
        grew(answer.gatherings.map(({ gatheringId }) => gatheringId))
        res
          .set('Cache-Control', 'no-store')
          .status(answer.outcome === 'known' ? 200 : 201)
          .json(answer)
      },
    }),
    sessionRoute({
      method: 'get',
      path: '/api/imports',
      summary: `Files that were imported, the latest ${SHOWN}: when, by whom, how many rows. The owner’s.`,
      access: { who: 'session' },
      answer: ImportList,
      handle: async (_req, res, session) => {
        const { installationId, memberId } = await importerOf(parts.directory, session)
        const records = await imports.list(installationId, SHOWN)
        const list: ImportList = {
          items: records.map(({ importedAtMs, undoneAtMs, memberId: byId, ...record }) => ({
            ...record,
            importedAt: new Date(importedAtMs).toISOString(),
            undoneAt: undoneAtMs === null ? null : new Date(undoneAtMs).toISOString(),
            byViewer: byId === memberId,
          })),
        }
        res.set('Cache-Control', 'no-store').json(list)
      },
    }),
    sessionRoute({
      method: 'delete',
      path: '/api/imports/:import',
      summary:
        'Undoes an import: what the file said is removed, and gatherings only it told of, with what the host said of them. Importing it again brings back what the file says.',
      access: { who: 'session', fresh: true },
      handle: async (req, res, session) => {
        const by = await importerOf(parts.directory, session)
        const id = String(req.params['import'])
        const before = (await imports.list(by.installationId, SHOWN)).find((record) => record.id === id)
        const undone = await imports.undo(by, id, clock())
        if (undone === null) {
          throw new RollbookError('not_found', 'There is no such import. Load the list of imports again.')
        }
        grew(before?.gatheringIds ?? [])
        res.status(204).end()
      },
    }),
  ]
}

/** @throws RollbookError forbidden when they own no installation */
async function importerOf(
  directory: Pick<Directory, 'everywhere'>,
  session: MemberViewer,
): Promise<{ installationId: string; memberId: string }> {
  const own = (await directory.everywhere(session)).find(({ admin }) => admin)
  if (own) return own
  throw new RollbookError(
    'forbidden',
    'Only the owner of an installation imports files into it. Ask whoever added Rollbook.',
  )
}

async function previewOf(
  { imports }: Pick<ImportParts, 'imports'>,
  installationId: string,
  { hash, meetings }: ImportPreviewRequest,
): Promise<ImportPreview> {
  const timed = meetings.map(({ number, startedAt, endedAt }) => ({
    ...{ number, startedAtMs: Date.parse(startedAt), endedAtMs: Date.parse(endedAt) },
  }))
  const [known, before] = await Promise.all([
    imports.around(
      installationId,
      timed.reduce((least, { startedAtMs }) => Math.min(least, startedAtMs), Infinity) - NEAR_MS,
      timed.reduce((most, { endedAtMs }) => Math.max(most, endedAtMs), -Infinity) + NEAR_MS,
    ),
    imports.ofFile(installationId, hash),
  ])
  const found = timed.map((meeting) => ({
    goesTo: matchOf(meeting, known),
    maybe: meeting.number === null ? candidatesFor(meeting, known).slice(0, MOST_MAYBE) : [],
  }))
  const described = await imports.described(
    installationId,
    found.flatMap(({ goesTo, maybe }) => [...(goesTo ? [goesTo] : []), ...maybe].map((one) => one.meetingId)),
  )
  const said = ({ meetingId, gatheringId, startedAtMs, endedAtMs }: KnownMeeting): ImportMatch => ({
    gatheringId,
    ...(described.get(meetingId) ?? { topic: null, number: null }),
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
  })
  return {
    importedAt: before?.state === 'done' ? new Date(before.importedAtMs).toISOString() : null,
    meetings: found.map(({ goesTo, maybe }) => ({
      goesTo: goesTo && said(goesTo),
      maybe: maybe.map(said),
    })),
  }
}

function optionsOf(req: Request): ImportOptions {
  let value: unknown
  try {
    value = JSON.parse(decodeURIComponent(req.get(IMPORT_OPTIONS_HEADER) ?? ''))
  } catch {
    throw new RollbookError(
      'bad_request',
      `The header ${IMPORT_OPTIONS_HEADER} must hold percent-encoded JSON; see the API description.`,
      { fields: [{ path: IMPORT_OPTIONS_HEADER, message: 'not percent-encoded JSON' }] },
    )
  }
  return parseBody(ImportOptions, value)
}

/** @throws RollbookError body_too_large, before more than that is taken in; unsupported_media_type */
async function bytesOf(req: Request): Promise<Uint8Array> {
  if (req.get('content-encoding') !== undefined || req.is('application/octet-stream') === false) {
    throw new RollbookError(
      'unsupported_media_type',
      'Send the bytes of the file as they are, as application/octet-stream.',
    )
  }
  if (Number(req.get('content-length') ?? 0) > MOST_IMPORT_BYTES) throw tooLarge()
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of req as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > MOST_IMPORT_BYTES) throw tooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const tooLarge = (): RollbookError =>
  new RollbookError(
    'body_too_large',
    'The file is larger than 32 MiB. `npx rollbook people FILE` reads files of any size on your own machine.',
  )
