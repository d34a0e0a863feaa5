import type { ExportLinks, LinkRecord } from '../exports/ports.ts'
import type { Parts } from './parts.ts'
import { InstallationGone, openJson, sealJson } from './sealing/index.ts'
import { crossTenant } from './tenancy.ts'

interface LinkRow {
  installation_id: string
  id_hash: string
  sealed: Buffer
  expires_at_ms: number
}

export function createExportLinks({ db, vault }: Parts): ExportLinks {
  const columns = ['installation_id', 'id_hash', 'sealed', 'expires_at_ms'] as const
  const place = (installationId: string, idHash: string) => ({
    installationId,
    table: 'export_links',
    rowId: idHash,
  })

  async function read(row: LinkRow | undefined): Promise<LinkRecord | null> {
    if (!row) return null
    try {
      const { data } = await vault.keysOf(row.installation_id)
      const record = openJson(data, place(row.installation_id, row.id_hash), row.sealed)
      return record as LinkRecord
    } catch (error) {
      if (error instanceof InstallationGone) return null
      throw error
    }
  }

  return {
    async create({ idHash, record }) {
      const { installationId } = record
      const { data } = await vault.keysOf(installationId)
      await db
        .insertInto('export_links')
        .values({
          installation_id: installationId,
          id_hash: idHash,
          sealed: sealJson(data, place(installationId, idHash), record),
          expires_at_ms: record.expiresAtMs,
          ticket_hash: null,
          ticket_expires_at_ms: null,
        })
        .execute()
    },
    async peek(idHash, nowMs) {
      const row = await crossTenant('find export link', db, (any) =>
        any
          .selectFrom('export_links')
          .select(columns)
          .where('id_hash', '=', idHash)
          .where('expires_at_ms', '>', nowMs)
          .where('ticket_hash', 'is', null)
          .executeTakeFirst(),
      )
      return read(row)
    },
    async startTicket({ idHash, ticketHash, nowMs, ticketExpiresAtMs }) {
      const row = await crossTenant('find export link', db, (any) =>
        any
          .updateTable('export_links')
          .set({ ticket_hash: ticketHash, ticket_expires_at_ms: ticketExpiresAtMs })
          .where('id_hash', '=', idHash)
          .where('expires_at_ms', '>', nowMs)
          .where('ticket_hash', 'is', null)
          .returning(columns)
          .executeTakeFirst(),
      )
      return read(row)
    },
    async findTicket(ticketHash, nowMs) {
      const row = await crossTenant('find export link', db, (any) =>
        any
          .selectFrom('export_links')
          .select(columns)
          .where('ticket_hash', '=', ticketHash)
          .where('ticket_expires_at_ms', '>', nowMs)
          .executeTakeFirst(),
      )
      return read(row)
    },
  }
}
