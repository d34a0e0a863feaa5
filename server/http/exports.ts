import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { ExportLink, ExportRequest } from '../../shared/wire/index.ts'
import { pageWords, type Language } from '../../shared/words/index.ts'
import { mayRead, type Directory, type MemberViewer } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import {
  columnsFor,
  DIFFERENCE_COLUMNS,
  differenceChunks,
  selectDifferences,
  selectRows,
  sheetChunks,
  sheetFileName,
  type ExportLinks,
  type LinkRecord,
  type SheetRegistrations,
} from '../exports/index.ts'
import {
  hideEmail,
  hideRegistration,
  hideTypedAddresses,
  type AnsweredRoster,
  type LiveRosters,
} from '../rosters/index.ts'
import { seesEmails } from './live.ts'
import { languageOf, renderPage } from './pages.ts'
import { gatheringRoute, openRoute, type GatheringCall, type Route } from './route.ts'
import { parseBody, requireZone } from './validate.ts'

/** Long enough to change windows, too short to be found later. */
const LINK_SECONDS = 120
const TICKET_SECONDS = 600

export interface ExportRouteParts {
  live: LiveRosters
  directory: Directory
  exportLinks: ExportLinks
  audit: AuditLog
  publicUrl: string
  clock: () => number
}

/**
 * The list leaves by a one-time link into the system browser, or as text for the clipboard. Opening the link shows a page
 * and uses nothing up, since mail and chat scanners open links too; its button starts a ticket of ten minutes.
 */
export function exportRoutes(parts: ExportRouteParts): Route[] {
  return [
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/exports',
      summary: 'Makes a one-time link that downloads the list in the system browser.',
      access: { who: 'gathering', field: 'export', fresh: true },
      body: ExportRequest,
      answer: ExportLink,
      handle: async (req, res, call) => {
        const request = readRequest(req)
        const chosen = await chosenSheet(parts.live, ownerOfSheet(call), request)
        const id = secretId()
        await parts.exportLinks.create({
          idHash: hash(id),
          record: {
            ...ownerOfSheet(call),
            memberId: call.viewer.memberId,
            proved: {
              role: call.viewer.role,
              gatheringId: call.viewer.gatheringId,
              admin: call.viewer.admin,
            },
            request,
            expiresAtMs: parts.clock() + LINK_SECONDS * 1000,
          },
        })
        await writeAudit(parts, call, 'roster_exported', request, chosen)
        res.status(201).json({
          url: `${parts.publicUrl}/exports/${id}`,
          expiresInSeconds: LINK_SECONDS,
          rows: chosen.rows,
        })
      },
    }),
    gatheringRoute({
      method: 'post',
      path: '/api/gatherings/:gathering/clipboard',
      summary: 'The list as tab-separated text for the clipboard.',
      access: { who: 'gathering', field: 'export', fresh: true },
      body: ExportRequest,
      handle: async (req, res, call) => {
        const request = { ...readRequest(req), format: 'tsv' as const }
        const chosen = await chosenSheet(parts.live, ownerOfSheet(call), request)
        await writeAudit(parts, call, 'roster_copied', request, chosen)
        res.set({ 'Content-Type': 'text/tab-separated-values; charset=utf-8', 'Cache-Control': 'no-store' })
        await pipeline(Readable.from(chosen.text()), res)
      },
    }),
    openRoute({
      method: 'get',
      path: '/exports/:link',
      summary: 'The landing page of a one-time link; uses nothing up.',
      access: { who: 'link' },
      handle: async (req, res) => {
        const language = languageOf(req.get('accept-language'))
        const record = await parts.exportLinks.peek(hash(String(req.params['link'])), parts.clock())
        const owner = record === null ? null : await stillAllowed(parts.directory, record)
        if (record === null || owner === null) return sendGone(res, language)
        const chosen = await chosenSheet(parts.live, owner, record.request)
        const words = pageWords.download[language]
        res.set('Cache-Control', 'no-store').type('html')
        res.send(
          renderPage({
            language,
            title: words.title,
            paragraphs: words.paragraphs(chosen.rows),
            action: { label: words.button, method: 'post', href: req.path },
          }),
        )
      },
    }),
    openRoute({
      method: 'post',
      path: '/exports/:link',
      summary: 'Uses the link up and sends the browser to the download.',
      access: { who: 'link' },
      handle: async (req, res) => {
        const ticket = secretId()
        const nowMs = parts.clock()
        const record = await parts.exportLinks.startTicket({
          idHash: hash(String(req.params['link'])),
          ticketHash: hash(ticket),
          nowMs,
          ticketExpiresAtMs: nowMs + TICKET_SECONDS * 1000,
        })
        if (record === null) return sendGone(res, languageOf(req.get('accept-language')))
        res.set('Cache-Control', 'no-store').redirect(303, `/exports/files/${ticket}`)
      },
    }),
    openRoute({
      method: 'get',
      path: '/exports/files/:ticket',
      summary: 'Downloads the list; can be repeated while the ticket lives.',
      access: { who: 'link' },
      handle: async (req, res) => {
        const nowMs = parts.clock()
        const record = await parts.exportLinks.findTicket(hash(String(req.params['ticket'])), nowMs)
        const owner = record === null ? null : await stillAllowed(parts.directory, record)
        if (record === null || owner === null) {
          return sendGone(res, languageOf(req.get('accept-language')))
        }
        const chosen = await chosenSheet(parts.live, owner, record.request)
        await parts.audit.append({
          installationId: record.installationId,
          actorMemberId: record.memberId,
          act: 'export_downloaded',
          gatheringId: record.gatheringId,
          atMs: nowMs,
          detail: { list: record.request.list, format: record.request.format, rows: chosen.rows },
        })
        res.set({
          'Content-Type':
            record.request.format === 'csv'
              ? 'text/csv; charset=utf-8'
              : 'text/tab-separated-values; charset=utf-8',
          'Content-Disposition': `attachment; filename="${sheetFileName(new Date(nowMs), record.request)}"`,
          'Cache-Control': 'no-store',
        })
        await pipeline(Readable.from(chosen.text()), res)
      },
    }),
  ]
}

function readRequest(req: Request): ExportRequest {
  const request = parseBody(ExportRequest, req.body)
  requireZone(request.zone, 'zone')
  return request
}

/** Whose list it is, and whether its reader may see addresses. */
type SheetOwner = Pick<LinkRecord, 'installationId' | 'gatheringId' | 'mayReadEmails'>

interface ChosenSheet {
  rows: number
  columns: string[]
  text(): Generator<string>
}

function ownerOfSheet(call: GatheringCall): SheetOwner {
  const { viewer, gatheringId } = call
  return { installationId: viewer.installationId, gatheringId, mayReadEmails: seesEmails(call) }
}

/** The list as its reader may have it now; null when the host has taken it back since the link was made. */
async function stillAllowed(directory: Directory, record: LinkRecord): Promise<SheetOwner | null> {
  const { installationId, memberId, proved } = record
  const viewer: MemberViewer = {
    kind: 'member',
    installationId,
    memberId,
    sessionId: '',
    ...proved,
    contextAtMs: 0,
    via: 'browser',
  }
  const access = await directory.gatheringAccess(viewer, record.gatheringId)
  if (access === null || !mayRead(viewer, access, 'export')) return null
  return {
    installationId,
    gatheringId: access.gatheringId,
    mayReadEmails: record.mayReadEmails && mayRead(viewer, access, 'emails'),
  }
}

/** What the request chooses of the gathering's list; nothing when the gathering is gone. */
async function chosenSheet(
  live: LiveRosters,
  { installationId, gatheringId, mayReadEmails }: SheetOwner,
  request: ExportRequest,
): Promise<ChosenSheet> {
  if (request.list === 'differences') {
    const changed = await live.changedByReport(installationId, gatheringId)
    const all = changed?.items ?? []
    const items = selectDifferences(mayReadEmails ? all : all.map(hideTypedAddresses), request.filter)
    return {
      rows: items.length,
      columns: [...DIFFERENCE_COLUMNS],
      text: () => differenceChunks(items, request),
    }
  }
  const answered = await live.answered(installationId, gatheringId)
  const roster = answered?.roster ?? null
  const people = roster?.people ?? []
  const rows = selectRows(mayReadEmails ? people : people.map(hideEmail), request)
  const registrations = answered === null ? null : registrationsIn(answered, mayReadEmails)
  const columns = columnsFor(mayReadEmails, registrations !== null)
  return {
    rows: rows.length,
    // Questions are the host's words, and answers the people's: of them only that they were there.
    columns: registrations === null ? columns : [...columns, 'answers'],
    text: () => sheetChunks(rows, request, columns, roster, registrations),
  }
}

function registrationsIn(
  { registrations, byRow }: AnsweredRoster,
  mayReadEmails: boolean,
): SheetRegistrations | null {
  if (registrations === null) return null
  if (mayReadEmails) return { all: registrations, byRow }
  return {
    all: registrations.map(hideRegistration),
    byRow: new Map([...byRow].map(([id, one]) => [id, hideRegistration(one)])),
  }
}

function writeAudit(
  parts: ExportRouteParts,
  call: GatheringCall,
  act: 'roster_exported' | 'roster_copied',
  request: ExportRequest,
  { rows, columns }: ChosenSheet,
): Promise<void> {
  return parts.audit.append({
    installationId: call.viewer.installationId,
    actorMemberId: call.viewer.memberId,
    act,
    gatheringId: call.gatheringId,
    atMs: parts.clock(),
    detail: { list: request.list, format: request.format, show: request.filter.show, rows, columns },
  })
}

function sendGone(res: Response, language: Language): void {
  const { title, paragraphs } = pageWords.linkGone[language]
  res
    .status(410)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(renderPage({ language, title, paragraphs: [...paragraphs] }))
}

/** 128 bits nobody can guess. */
const secretId = (): string => randomBytes(16).toString('base64url')
const hash = (id: string): string => createHash('sha256').update(id).digest('base64url')
